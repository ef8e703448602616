import { useFormat } from '../../i18n/use-format.ts';
import type { Tone } from '../StatusBadge.tsx';
import classes from './chart.module.css';

interface StackBarProps {
  label: string;
  parts: { key: string; label: string; value: number; tone: Tone; pending?: boolean }[];
}

/** How a whole is made up: one bar, and its legend in words and numbers, which is what a screen reader reads. */
export function StackBar({ label, parts }: StackBarProps) {
  const format = useFormat();
  const total = parts.reduce((sum, part) => sum + part.value, 0);
  const shown = parts.filter((part) => part.value > 0);
  return (
    <figure className={classes.figure} aria-label={label}>
      <div className={classes.bar} aria-hidden="true">
        {shown.map((part) => (
          <span
            key={part.key}
            className={classes.part}
            data-tone={part.tone}
            data-pending={part.pending || undefined}
            style={{ flexGrow: part.value }}
            title={`${part.label}: ${format.number(part.value)}`}
          />
        ))}
      </div>
      <ul className={classes.legend}>
        {parts.map((part) => (
          <li key={part.key}>
            <span className={classes.swatch} data-tone={part.tone} data-pending={part.pending || undefined} />
            {part.label} <strong className="rc-numbers">{format.number(part.value)}</strong>
            {total > 0 && <span className={classes.share}>{Math.round((part.value / total) * 100)} %</span>}
          </li>
        ))}
      </ul>
    </figure>
  );
}
