import type { Webhook } from '@rollcall/contract/webhooks';
import type { TFunction } from 'i18next';
import type { Format } from '../../i18n/use-format.ts';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/columns.ts';
import classes from './Webhooks.module.css';

const tones: Record<Webhook['status'], Tone> = {
  working: 'good',
  failing: 'bad',
  off: 'idle',
  given_up: 'bad',
};

/** `working` before the first delivery is only waiting. */
export function WebhookStatus({ t, webhook }: { t: TFunction; webhook: Webhook }) {
  const waiting = webhook.status === 'working' && webhook.lastSuccessAt === null;
  return (
    <StatusBadge
      tone={waiting ? 'idle' : tones[webhook.status]}
      pending={waiting || webhook.status === 'off'}
      label={t(waiting ? 'webhooks.status.waiting' : `webhooks.status.${webhook.status}`)}
    />
  );
}

export function columnsOfWebhooks(t: TFunction, format: Format): Column<Webhook>[] {
  return [
    {
      key: 'name',
      header: t('webhooks.columns.name'),
      width: 'minmax(10rem, 1fr)',
      narrow: 'title',
      render: (webhook) => <span className={classes.name}>{webhook.name}</span>,
    },
    {
      key: 'url',
      header: t('webhooks.columns.address'),
      width: 'minmax(14rem, 1.6fr)',
      narrow: 'subtitle',
      render: (webhook) => <span className={classes.address}>{webhook.url}</span>,
    },
    {
      key: 'status',
      header: t('webhooks.columns.status'),
      width: '11rem',
      narrow: 'aside',
      render: (webhook) => <WebhookStatus t={t} webhook={webhook} />,
    },
    {
      key: 'actions',
      header: t('webhooks.columns.events'),
      width: '7rem',
      render: ({ actions }) =>
        actions.length === 0
          ? t('webhooks.allEvents')
          : t('webhooks.someEvents', { count: actions.length, shown: format.number(actions.length) }),
    },
    {
      key: 'lastSuccessAt',
      header: t('webhooks.columns.lastSuccess'),
      width: '9rem',
      render: ({ lastSuccessAt }) => lastSuccessAt && <RelativeTime value={lastSuccessAt} />,
    },
    {
      key: 'behind',
      header: t('webhooks.columns.behind'),
      width: '6rem',
      align: 'end',
      render: ({ behind }) => format.number(behind),
    },
    {
      key: 'nextAttemptAt',
      header: t('webhooks.columns.nextAttempt'),
      width: '9rem',
      render: ({ status, nextAttemptAt }) =>
        status === 'failing' && nextAttemptAt && <RelativeTime value={nextAttemptAt} />,
    },
  ];
}
