import { NumberInput } from '@mantine/core';
import type { Webhook } from '@rollcall/contract/webhooks';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { ConfirmDanger } from '../../ui/ConfirmDanger.tsx';
import type { Consequence } from '../../ui/Consequences.tsx';
import { useWebhookActions } from './webhooks-queries.ts';

export type WebhookQuestion = 'remove' | 'rotate' | 'replay';

interface WebhookDialogProps {
  question: WebhookQuestion;
  webhook: Webhook;
  onClose: () => void;
  onRemoved: () => void;
  onSecret: (secret: string) => void;
}

/** What removing, a new secret or a replay does to the receiving side, before it is done. */
export function WebhookDialog({ question, webhook, onClose, onRemoved, onSecret }: WebhookDialogProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { remove, rotate, replay } = useWebhookActions();
  const [after, setAfter] = useState<string | number>(0);
  const { id, name } = webhook;
  const afterSeq = Math.max(0, Math.trunc(Number(after) || 0));
  const again = Math.max(0, webhook.position - afterSeq);
  const groups: Record<WebhookQuestion, Consequence[]> = {
    remove: [
      {
        kind: 'ends',
        heading: t('webhooks.remove.ends'),
        items: [
          { key: 'deliveries', text: t('webhooks.remove.deliveries'), note: webhook.url },
          ...(webhook.behind > 0
            ? [
                {
                  key: 'behind',
                  text: t('webhooks.remove.behind', {
                    count: webhook.behind,
                    shown: format.number(webhook.behind),
                  }),
                },
              ]
            : []),
        ],
      },
      {
        kind: 'stays',
        heading: t('webhooks.remove.stays'),
        items: [{ key: 'audit', text: t('webhooks.remove.audit') }],
      },
    ],
    rotate: [
      {
        kind: 'todo',
        heading: t('webhooks.rotate.todo'),
        items: [{ key: 'receiver', text: t('webhooks.rotate.receiver') }],
      },
    ],
    replay: [
      {
        kind: 'todo',
        heading: t('webhooks.replay.happens'),
        items: [
          {
            key: 'again',
            text: t('webhooks.replay.again', { count: again, shown: format.number(again) }),
            note: t('webhooks.replay.duplicates'),
          },
        ],
      },
    ],
  };
  const confirm = async () => {
    if (question === 'remove') {
      await remove.mutateAsync(id);
      onRemoved();
    } else if (question === 'rotate') {
      const { secret } = await rotate.mutateAsync(id);
      if (secret) onSecret(secret);
    } else {
      await replay.mutateAsync({ id, afterSeq });
    }
  };
  return (
    <ConfirmDanger
      opened
      onClose={onClose}
      title={t(`webhooks.${question}.title`, { name })}
      choices={
        question === 'replay' && (
          <NumberInput
            label={t('webhooks.replay.after')}
            description={t('webhooks.replay.afterHelp', { seq: format.number(webhook.position) })}
            min={0}
            max={webhook.position}
            value={after}
            onChange={setAfter}
            allowDecimal={false}
            hideControls
          />
        )
      }
      preview={{ status: 'ready', groups: groups[question] }}
      confirmLabel={t(`webhooks.${question}.confirm`)}
      tone={question === 'replay' ? 'normal' : 'danger'}
      onConfirm={confirm}
    />
  );
}
