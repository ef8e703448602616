import type { ImportView } from '@rollcall/contract/imports';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../../api/client.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { paths } from '../../../paths.ts';
import { RouteLink } from '../../../shell/RouteLink.tsx';
import { ConfirmDanger } from '../../../ui/ConfirmDanger.tsx';
import type { Consequence } from '../../../ui/Consequences.tsx';
import { takeImport, undoPreviewQuery } from '../import-queries.ts';

interface UndoDialogProps {
  view: ImportView;
  onClose: () => void;
}

/** Whom undoing takes back, and by name who stays. */
export function UndoDialog({ view, onClose }: UndoDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const queryClient = useQueryClient();
  const preview = useQuery(undoPreviewQuery(view.id));
  const { data } = preview;
  const line = (kind: 'withdrawn' | 'restored' | 'reactivated') =>
    data && data[kind] > 0
      ? [
          {
            key: kind,
            text: t(`imports.undo.${kind}`, { count: data[kind], shown: format.number(data[kind]) }),
            note: t(`imports.undo.${kind}Note`),
          },
        ]
      : [];
  const unnamed = data ? data.staysCount - data.stays.length : 0;
  const groups: Consequence[] = [
    { kind: 'ends', heading: t('imports.undo.ends'), items: line('withdrawn') },
    { kind: 'todo', heading: t('imports.undo.back'), items: [...line('restored'), ...line('reactivated')] },
    {
      kind: 'stays',
      heading: t('imports.undo.stays', { shown: format.number(data?.staysCount ?? 0) }),
      items: [
        ...(data?.stays ?? []).map((user) => ({
          key: user.id,
          text: <RouteLink href={paths.agent(user.id)}>{user.name}</RouteLink>,
          note: t(`imports.undo.why.${user.why}`),
        })),
        ...(unnamed > 0
          ? [{ key: 'unnamed', text: t('imports.undo.unnamed', { shown: format.number(unnamed) }) }]
          : []),
      ],
    },
  ];
  const confirm = async (reason: string) => {
    const undoing = await body(
      api.POST('/api/v1/imports/{id}/undo', {
        params: { path: { id: view.id } },
        body: reason ? { reason } : {},
      }),
    );
    takeImport(queryClient, undoing as ImportView);
  };
  return (
    <ConfirmDanger
      opened
      onClose={onClose}
      title={t('imports.undo.title', { file: view.fileName })}
      preview={
        data
          ? { status: 'ready', groups }
          : preview.isError
            ? { status: 'error', error: preview.error, retry: () => void preview.refetch() }
            : { status: 'loading' }
      }
      reason="optional"
      confirmLabel={t('imports.undo.confirm')}
      onConfirm={confirm}
    />
  );
}
