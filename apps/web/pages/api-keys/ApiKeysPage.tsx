import { Button, SegmentedControl } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ApiKeyView } from '@rollcall/contract/api-keys';
import { IconKey } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stateOfList } from '../../api/state-of-list.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { useAbility } from '../../session/me.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { columnsOfApiKeys } from './api-key-columns.tsx';
import { apiKeysQuery, type Owner } from './api-keys-queries.ts';

const CreateApiKey = lazy(async () => ({ default: (await import('./CreateApiKey.tsx')).CreateApiKey }));
const RevokeApiKey = lazy(async () => ({ default: (await import('./RevokeApiKey.tsx')).RevokeApiKey }));

const keyOf = (key: ApiKeyView) => key.id;
const labelOf = (key: ApiKeyView) => key.name;

export function ApiKeysPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const seesAll = useAbility('sessions:end');
  const [owner, setOwner] = useState<Owner>('own');
  const [creating, create] = useDisclosure(false);
  const [revoking, setRevoking] = useState<ApiKeyView>();
  const list = useInfiniteQuery(apiKeysQuery(owner));
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const columns = useMemo(
    () => columnsOfApiKeys({ t, format, withOwner: owner === 'all', onRevoke: setRevoking }),
    [t, format, owner],
  );
  const createButton = <Button onClick={create.open}>{t('apiKeys.create')}</Button>;
  return (
    <Page title={t('nav.apiKeys')} intro={t('apiKeys.intro')} layout="fill" actions={createButton}>
      {seesAll && (
        <SegmentedControl
          size="xs"
          w="fit-content"
          aria-label={t('apiKeys.whose')}
          value={owner}
          onChange={(value) => setOwner(value as Owner)}
          data={[
            { value: 'own', label: t('apiKeys.own') },
            { value: 'all', label: t('apiKeys.all') },
          ]}
        />
      )}
      <DataTable
        label={t('nav.apiKeys')}
        columns={columns}
        rows={rows}
        rowKey={keyOf}
        rowLabel={labelOf}
        {...stateOfList(list)}
        empty={
          <EmptyState
            icon={<IconKey size={24} stroke={1.6} />}
            title={t('apiKeys.none')}
            action={createButton}
          >
            {t('apiKeys.noneHint')}
          </EmptyState>
        }
      />
      <Suspense>
        {creating && <CreateApiKey onClose={create.close} />}
        {revoking && <RevokeApiKey apiKey={revoking} onClose={() => setRevoking(undefined)} />}
      </Suspense>
    </Page>
  );
}
