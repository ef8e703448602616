import type { MailRow } from '@rollcall/contract/mails';
import type { TFunction } from 'i18next';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { mailTones } from './mail-view.ts';

export function columnsOfMails(t: TFunction): Column<MailRow>[] {
  return [
    {
      key: 'to',
      header: t('mail.columns.to'),
      width: 'minmax(13rem, 1.4fr)',
      required: true,
      narrow: 'title',
      render: (mail) => mail.to,
    },
    {
      key: 'template',
      header: t('mail.columns.template'),
      width: 'minmax(10rem, 1fr)',
      narrow: 'subtitle',
      render: (mail) => t(`mail.template.${mail.template}`),
    },
    {
      key: 'state',
      header: t('mail.columns.state'),
      width: 'minmax(8rem, 0.8fr)',
      narrow: 'aside',
      render: (mail) => (
        <StatusBadge
          tone={mailTones[mail.state]}
          label={t(`mail.state.${mail.state}`)}
          pending={mail.state === 'queued' || mail.state === 'kept'}
        />
      ),
    },
    {
      key: 'words',
      header: t('mail.columns.words'),
      width: 'minmax(10rem, 1.4fr)',
      render: (mail) => <span title={mail.words ?? undefined}>{mail.words ?? '–'}</span>,
    },
    {
      key: 'createdAt',
      header: t('mail.columns.createdAt'),
      width: '8.5rem',
      narrow: 'aside',
      render: (mail) => <RelativeTime value={mail.createdAt} />,
    },
  ];
}
