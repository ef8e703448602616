import { IconAlertTriangle, IconCircleCheck, IconInfoCircle } from '@tabler/icons-react';
import type { ReactNode, Ref } from 'react';
import classes from './Notice.module.css';

interface NoticeProps {
  tone: 'info' | 'good' | 'warn' | 'bad';
  title?: string;
  children?: ReactNode;
  /** A button or a link that solves it. */
  action?: ReactNode;
  /** `alert` is read out at once: for what has just gone wrong. */
  role?: 'alert' | 'status';
  ref?: Ref<HTMLDivElement>;
}

const icons = {
  info: IconInfoCircle,
  good: IconCircleCheck,
  warn: IconAlertTriangle,
  bad: IconAlertTriangle,
};

/** A message in the flow of a page or a form. */
export function Notice({ tone, title, children, action, role, ref }: NoticeProps) {
  const Icon = icons[tone];
  return (
    <div className={classes.notice} data-tone={tone} role={role} ref={ref} tabIndex={ref ? -1 : undefined}>
      <Icon size={17} stroke={1.8} className={classes.icon} aria-hidden="true" />
      <div className={classes.body}>
        {title && <p className={classes.title}>{title}</p>}
        {children && <div className={classes.text}>{children}</div>}
      </div>
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
