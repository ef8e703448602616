import classes from './StatusBadge.module.css';

/** What a dot may mean: fine, waiting for something, in trouble, not in use, neutral fact. */
export type Tone = 'good' | 'warn' | 'bad' | 'idle' | 'accent';

interface StatusBadgeProps {
  tone: Tone;
  /** The status in one or two words; the colour only repeats it. */
  label: string;
  /** A ring instead of a dot: not there yet (invited, scheduled, queued). */
  pending?: boolean;
}

export function StatusBadge({ tone, label, pending = false }: StatusBadgeProps) {
  return (
    <span className={classes.badge}>
      <span className={classes.dot} data-tone={tone} data-pending={pending || undefined} aria-hidden="true" />
      {label}
    </span>
  );
}
