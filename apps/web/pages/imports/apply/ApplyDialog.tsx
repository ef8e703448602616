import { NumberInput } from '@mantine/core';
import type { ImportView } from '@rollcall/contract/imports';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../../api/client.ts';
import { problemOf } from '../../../api/problem.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { useMe } from '../../../session/me.ts';
import { ConfirmDanger } from '../../../ui/ConfirmDanger.tsx';
import { type Consequence, Consequences } from '../../../ui/Consequences.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { importsKey, takeImport } from '../import-queries.ts';

interface ApplyDialogProps {
  view: ImportView;
  onClose: () => void;
}

/** Says once more, in numbers, what will happen; where many would be deactivated it wants the number itself. */
export function ApplyDialog({ view, onClose }: ApplyDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const queryClient = useQueryClient();
  const { reasonRequired } = useMe().organization;
  const [typed, setTyped] = useState<string | number>('');
  const { counts, options, confirmationNeeded: brake, digest } = view;
  if (!counts || digest === null) return null;
  const count = (kind: 'create' | 'change' | 'deactivate' | 'unchanged' | 'refused') => ({
    count: counts[kind],
    shown: format.number(counts[kind]),
  });
  const line = (kind: 'create' | 'change' | 'unchanged' | 'refused') =>
    counts[kind] > 0 ? [{ key: kind, text: t(`imports.apply.${kind}`, count(kind)) }] : [];
  const groups: Consequence[] = [
    {
      kind: 'ends',
      heading: t('imports.apply.ends'),
      items:
        counts.deactivate > 0
          ? [
              {
                key: 'deactivate',
                text: t('imports.apply.deactivate', count('deactivate')),
                note: t('imports.apply.deactivateNote'),
              },
            ]
          : [],
    },
    {
      kind: 'todo',
      heading: t('imports.apply.happens'),
      items: [
        ...line('create').map((item) => ({
          ...item,
          note: t(options.invite ? 'imports.apply.invited' : 'imports.apply.notInvited'),
        })),
        ...line('change'),
      ],
    },
    { kind: 'stays', heading: t('imports.apply.stays'), items: [...line('unchanged'), ...line('refused')] },
  ];

  const confirm = async (reason: string) => {
    try {
      const applying = await body(
        api.POST('/api/v1/imports/{id}/apply', {
          params: { path: { id: view.id } },
          body: {
            digest,
            ...(brake ? { confirmDeactivations: brake.deactivations } : {}),
            ...(reason ? { reason } : {}),
          },
        }),
      );
      takeImport(queryClient, applying as ImportView);
    } catch (thrown) {
      // Somebody has previewed it anew: the page behind shows what it would do now.
      if (['preview_drifted', 'wrong_status'].includes(problemOf(thrown).code))
        void queryClient.invalidateQueries({ queryKey: [importsKey, view.id] });
      throw thrown;
    }
  };

  return (
    <ConfirmDanger
      opened
      onClose={onClose}
      title={t('imports.apply.title', { file: view.fileName })}
      intro={<Consequences groups={groups} />}
      // What will happen is seen from the beginning; only the confirmation waits for the number.
      preview={
        brake && Number(typed) !== brake.deactivations
          ? { status: 'waiting' }
          : { status: 'ready', groups: [] }
      }
      reason={reasonRequired && counts.deactivate > 0 ? 'required' : 'optional'}
      confirmLabel={t('imports.apply.confirm')}
      tone={counts.deactivate > 0 ? 'danger' : 'normal'}
      onConfirm={confirm}
    >
      {brake && (
        <>
          <Notice tone="warn" title={t('imports.apply.brakeTitle')}>
            {t('imports.apply.brake', {
              deactivations: format.number(brake.deactivations),
              of: format.number(brake.of),
            })}
          </Notice>
          <NumberInput
            label={t('imports.apply.brakeLabel', { deactivations: brake.deactivations })}
            value={typed}
            onChange={setTyped}
            hideControls
            maw={260}
          />
        </>
      )}
    </ConfirmDanger>
  );
}
