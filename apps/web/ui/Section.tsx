import { type ReactNode, useId } from 'react';
import classes from './Section.module.css';

interface SectionProps {
  title: string;
  intro?: ReactNode;
  actions?: ReactNode;
  /** Without the frame: for content that has one of its own. */
  plain?: boolean;
  children: ReactNode;
}

/** A titled part of a page, named for screen readers by its heading. */
export function Section({ title, intro, actions, plain = false, children }: SectionProps) {
  const id = useId();
  return (
    <section aria-labelledby={id} className={classes.section}>
      <div className={classes.head}>
        <div>
          <h2 id={id} className={classes.title}>
            {title}
          </h2>
          {intro && <p className={classes.intro}>{intro}</p>}
        </div>
        {actions && <div className={classes.actions}>{actions}</div>}
      </div>
      <div className={plain ? undefined : classes.frame}>{children}</div>
    </section>
  );
}
