import type { ReactNode } from 'react';
import { RelativeTime } from './RelativeTime.tsx';
import type { Tone } from './StatusBadge.tsx';
import classes from './Timeline.module.css';

export interface TimelineItem {
  key: string;
  /** ISO 8601; undefined where it is not known, and then `unknown` is said. */
  at: string | undefined;
  title: ReactNode;
  body?: ReactNode;
  tone?: Tone;
}

interface TimelineProps {
  items: TimelineItem[];
  /** The exact time written out: for records that are evidence. */
  exact?: boolean;
  /** What stands where a time is not known. */
  unknown?: string;
}

/** What happened, in order. */
export function Timeline({ items, exact = false, unknown }: TimelineProps) {
  return (
    <ol className={classes.list}>
      {items.map((item) => (
        <li key={item.key} className={classes.item} data-tone={item.tone ?? 'idle'}>
          <span
            className={classes.dot}
            data-unknown={item.at === undefined || undefined}
            aria-hidden="true"
          />
          <div className={classes.head}>
            <span className={classes.title}>{item.title}</span>
            <span className={classes.time}>
              {item.at ? <RelativeTime value={item.at} exact={exact} /> : unknown}
            </span>
          </div>
          {item.body && <div className={classes.body}>{item.body}</div>}
        </li>
      ))}
    </ol>
  );
}
