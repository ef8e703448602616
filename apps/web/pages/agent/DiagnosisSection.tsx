import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Section } from '../../ui/Section.tsx';
import { diagnosisQuery } from './agent-queries.ts';
import classes from './DiagnosisSection.module.css';

/** “Why can’t this person sign in?”, answered with what to do about it. */
export function DiagnosisSection({ userId }: { userId: string }) {
  const { t } = useTranslation();
  const diagnosis = useQuery(diagnosisQuery(userId));
  return (
    <Section title={t('agents.diagnosis.title')} plain>
      {diagnosis.isPending && <Skeleton height={56} />}
      {diagnosis.isError && <ErrorState error={diagnosis.error} onRetry={() => void diagnosis.refetch()} />}
      <div className={classes.findings}>
        {diagnosis.data?.canSignIn && diagnosis.data.findings.length === 0 && (
          <Notice tone="good">{t('agents.diagnosis.can')}</Notice>
        )}
        {diagnosis.data?.findings.map((finding) => (
          <Notice
            key={finding.code}
            tone={finding.blocking ? 'bad' : diagnosis.data.canSignIn ? 'good' : 'info'}
            title={finding.message}
          >
            {finding.remedy}
          </Notice>
        ))}
      </div>
    </Section>
  );
}
