import { Button, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { RelativeTime } from '../../ui/RelativeTime.tsx';
import { Section } from '../../ui/Section.tsx';
import { StatusBadge } from '../../ui/StatusBadge.tsx';
import classes from './mail.module.css';

const tones = { ok: 'good', missing: 'warn', wrong: 'bad', unknown: 'idle' } as const;

/** What receivers find about the sender's domain, and the records that are still to be entered. */
export function SenderCheck() {
  const { t } = useTranslation();
  const check = useQuery({
    queryKey: ['sender-check'],
    queryFn: () => body(api.POST('/api/v1/mail/check')),
    staleTime: 600_000,
    retry: false,
  });
  return (
    <Section
      title={t('mail.check.title')}
      intro={
        <>
          {t('mail.check.intro')}{' '}
          {check.data && (
            <>
              {t('mail.check.checked')} <RelativeTime value={check.data.checkedAt} />.
            </>
          )}
        </>
      }
      actions={
        <Button variant="default" loading={check.isFetching} onClick={() => void check.refetch()}>
          {t('mail.check.again')}
        </Button>
      }
    >
      {check.isPending && (
        <div role="status" aria-label={t('mail.check.running')}>
          <Skeleton height={14} width="40%" mb={12} />
          <Skeleton height={12} width="80%" mb={20} />
          <Skeleton height={14} width="35%" mb={12} />
          <Skeleton height={12} width="70%" />
        </div>
      )}
      {check.isError && !check.data && (
        <ErrorState error={check.error} onRetry={() => void check.refetch()} />
      )}
      <ul className={classes.findings}>
        {check.data?.findings.map((finding) => (
          <li key={finding.check}>
            <div className={classes.findingHead}>
              {t(`mail.check.name.${finding.check}`)}
              <StatusBadge tone={tones[finding.state]} label={t(`mail.check.state.${finding.state}`)} />
            </div>
            <p className={classes.explanation}>{finding.explanation}</p>
            {finding.recordToAdd && (
              <dl className={classes.record}>
                <dt>{t('mail.check.recordName')}</dt>
                <dd>{finding.recordToAdd.name}</dd>
                <dd>
                  <CopyButton value={finding.recordToAdd.name} what={t('mail.check.recordName')} />
                </dd>
                <dt>{t('mail.check.recordValue')}</dt>
                <dd>{finding.recordToAdd.value}</dd>
                <dd>
                  <CopyButton value={finding.recordToAdd.value} what={t('mail.check.recordValue')} />
                </dd>
              </dl>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
