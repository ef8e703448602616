import type { FormEvent, ReactNode } from 'react';
import classes from './FormLayout.module.css';

interface FormLayoutProps {
  onSubmit: (event: FormEvent<HTMLFormElement>) => void;
  /** Buttons, the main one last; left out where they stand elsewhere (a drawer's foot, by `form={id}`). */
  actions?: ReactNode;
  id?: string;
  children: ReactNode;
}

/** Fields under each other with even distances; `FormRow` puts two side by side. */
export function FormLayout({ onSubmit, actions, id, children }: FormLayoutProps) {
  return (
    <form id={id} onSubmit={onSubmit} noValidate className={classes.form}>
      {children}
      {actions && <div className={classes.actions}>{actions}</div>}
    </form>
  );
}

/** Fields that belong together, side by side where there is room. */
export function FormRow({ children }: { children: ReactNode }) {
  return <div className={classes.row}>{children}</div>;
}
