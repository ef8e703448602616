import type { ApiKeyView } from '@rollcall/contract/api-keys';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api } from '../../api/client.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useMe } from '../../session/me.ts';
import { ConfirmDanger } from '../../ui/ConfirmDanger.tsx';
import { toastDone } from '../../ui/toast.ts';
import { apiKeysKey } from './api-keys-queries.ts';

/** Ends a key at once and for good; says when it was last used, since that is who will notice. */
export function RevokeApiKey({ apiKey, onClose }: { apiKey: ApiKeyView; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const queryClient = useQueryClient();
  const own = useMe().user.id === apiKey.user.id;
  const revoke = () =>
    own
      ? api.DELETE('/api/v1/api-keys/{id}', { params: { path: { id: apiKey.id } } })
      : api.DELETE('/api/v1/users/{id}/api-keys/{keyId}', {
          params: { path: { id: apiKey.user.id, keyId: apiKey.id } },
        });
  return (
    <ConfirmDanger
      opened
      onClose={onClose}
      title={t('apiKeys.revokeTitle', { name: apiKey.name })}
      confirmLabel={t('apiKeys.revoke')}
      preview={{
        status: 'ready',
        groups: [
          {
            kind: 'ends',
            heading: t('apiKeys.revokeEnds'),
            items: [
              {
                key: 'calls',
                text: t('apiKeys.revokeCalls', { hint: apiKey.hint }),
                note: apiKey.lastUsedAt
                  ? t('apiKeys.revokeUsed', { date: format.dateTime(apiKey.lastUsedAt) })
                  : t('apiKeys.revokeUnused'),
              },
            ],
          },
        ],
      }}
      onConfirm={async () => {
        await revoke();
        await queryClient.invalidateQueries({ queryKey: [apiKeysKey] });
        void toastDone(t('apiKeys.revoked', { name: apiKey.name }));
      }}
    />
  );
}
