import type { ReactNode } from 'react';
import classes from './DetailList.module.css';

/** Name and value pairs of one thing: holds Detail and EditableDetail. */
export function DetailList({ children }: { children: ReactNode }) {
  return <dl className={classes.list}>{children}</dl>;
}

interface DetailProps {
  label: string;
  /** Nothing given is shown as a dash. */
  children?: ReactNode;
  /** Beside the value: copy, edit. */
  action?: ReactNode;
}

export function Detail({ label, children, action }: DetailProps) {
  return (
    <div className={classes.row}>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>
        <span className={classes.content}>{children || <span className={classes.none}>–</span>}</span>
        {action}
      </dd>
    </div>
  );
}
