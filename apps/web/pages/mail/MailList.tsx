import { Button } from '@mantine/core';
import type { MailRow } from '@rollcall/contract/mails';
import { IconMail } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stateOfList } from '../../api/state-of-list.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { Section } from '../../ui/Section.tsx';
import { DataTable } from '../../ui/table/DataTable.tsx';
import classes from './mail.module.css';
import { columnsOfMails } from './mail-columns.tsx';
import { mailsQuery } from './mail-queries.ts';
import { type MailState, mailStates } from './mail-view.ts';

const MailPreview = lazy(async () => ({ default: (await import('./MailPreview.tsx')).MailPreview }));

const keyOf = (mail: MailRow) => mail.id;
const labelOf = (mail: MailRow) => mail.to;

/** Every mail that went out or waits, newest first; one that is kept can be read. */
export function MailList() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const view = useSearch({ from: '/signed-in/settings/email' });
  const [open, setOpen] = useState<MailRow>();
  const list = useInfiniteQuery(mailsQuery(view));
  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.items) ?? [], [list.data]);
  const columns = useMemo(() => columnsOfMails(t), [t]);
  const filter = (state: MailState[]) =>
    void navigate({ to: '.', search: (state.length > 0 ? { state } : {}) as never, replace: true });
  return (
    <Section plain title={t('mail.list.title')} intro={t('mail.list.intro')}>
      <div className={classes.stack}>
        <FilterBar
          filters={[
            {
              key: 'state',
              label: t('mail.columns.state'),
              values: view.state ?? [],
              options: mailStates.map((value) => ({ value, label: t(`mail.state.${value}`) })),
            },
          ]}
          onChange={(_, values) => filter(values as MailState[])}
          onClear={() => filter([])}
        />
        <DataTable
          height="natural"
          label={t('mail.list.title')}
          columns={columns}
          rows={rows}
          rowKey={keyOf}
          rowLabel={labelOf}
          {...stateOfList(list)}
          onOpen={setOpen}
          empty={
            <EmptyState
              icon={<IconMail size={24} stroke={1.6} />}
              title={view.state ? t('mail.list.filtered') : t('mail.list.none')}
              action={
                view.state && (
                  <Button variant="default" onClick={() => filter([])}>
                    {t('ui.clearFilters')}
                  </Button>
                )
              }
            >
              {!view.state && t('mail.list.noneHint')}
            </EmptyState>
          }
        />
      </div>
      <Suspense>{open && <MailPreview mail={open} onClose={() => setOpen(undefined)} />}</Suspense>
    </Section>
  );
}
