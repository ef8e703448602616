import { Progress } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import classes from './ProgressPanel.module.css';
import { StatusBadge, type Tone } from './StatusBadge.tsx';

export interface JobProgress {
  state: 'queued' | 'running' | 'succeeded' | 'partial' | 'failed' | 'cancelled';
  done: number;
  total: number;
}

interface ProgressPanelProps {
  /** What runs: "Importing people.csv". */
  title: string;
  job: JobProgress;
  /** Results so far: created 12, refused 3. */
  counts?: { label: string; value: number; tone?: Tone }[];
  actions?: ReactNode;
  children?: ReactNode;
}

const tones: Record<JobProgress['state'], Tone> = {
  queued: 'idle',
  running: 'accent',
  succeeded: 'good',
  partial: 'warn',
  failed: 'bad',
  cancelled: 'idle',
};

const barColors: Partial<Record<JobProgress['state'], string>> = {
  succeeded: 'var(--rc-good)',
  partial: 'var(--rc-warn)',
  failed: 'var(--rc-bad)',
};

/** A job that runs on the server: how far it is, what came of it, and that one may leave meanwhile. */
export function ProgressPanel({ title, job, counts = [], actions, children }: ProgressPanelProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const percent = job.total === 0 ? 0 : Math.min(100, (job.done / job.total) * 100);
  const open = job.state === 'queued' || job.state === 'running';
  const doneOf = t('ui.doneOf', { done: format.number(job.done), total: format.number(job.total) });
  return (
    <section className={classes.panel} aria-label={title}>
      <div className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        <StatusBadge
          tone={tones[job.state]}
          label={t(`jobState.${job.state}`)}
          pending={job.state === 'queued'}
        />
      </div>
      <Progress.Root size={6}>
        <Progress.Section
          value={open ? percent : 100}
          color={barColors[job.state] ?? 'var(--rc-accent)'}
          aria-label={title}
          aria-valuetext={doneOf}
        />
      </Progress.Root>
      <p className={classes.line} aria-live="polite">
        <span>{doneOf}</span>
        {open && <span>{t('ui.mayLeave')}</span>}
      </p>
      {counts.length > 0 && (
        <dl className={classes.counts}>
          {counts.map((count) => (
            <div key={count.label} className={classes.count} data-tone={count.tone}>
              <dt>{count.label}</dt>
              <dd>{format.number(count.value)}</dd>
            </div>
          ))}
        </dl>
      )}
      {children}
      {actions && <div className={classes.actions}>{actions}</div>}
    </section>
  );
}
