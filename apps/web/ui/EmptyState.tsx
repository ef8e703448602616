import type { ReactNode } from 'react';
import classes from './EmptyState.module.css';

interface EmptyStateProps {
  /** A Tabler icon at size 28 or a small picture. */
  icon?: ReactNode;
  title: string;
  /** What this place is for and what to do first. */
  children?: ReactNode;
  action?: ReactNode;
  /** It is the whole page: its title is the page's heading. */
  wholePage?: boolean;
}

export function EmptyState({ icon, title, children, action, wholePage = false }: EmptyStateProps) {
  const Title = wholePage ? 'h1' : 'p';
  return (
    <div className={classes.empty}>
      {icon && (
        <div className={classes.icon} aria-hidden="true">
          {icon}
        </div>
      )}
      <Title className={classes.title}>{title}</Title>
      {children && <div className={classes.text}>{children}</div>}
      {action && <div className={classes.action}>{action}</div>}
    </div>
  );
}
