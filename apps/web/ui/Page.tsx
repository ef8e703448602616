import { useDocumentTitle } from '@mantine/hooks';
import type { ReactNode } from 'react';
import { useFormat } from '../i18n/use-format.ts';
import classes from './Page.module.css';

interface PageProps {
  title: string;
  /** Shown beside the title, e.g. how many there are. */
  count?: number;
  /** One calm sentence under the title. */
  intro?: ReactNode;
  /** A link back, above the title. */
  back?: ReactNode;
  /** Beside the title: a status, an avatar. */
  badge?: ReactNode;
  /** Buttons, the main one last. */
  actions?: ReactNode;
  /** `fill`: a table takes the rest of the screen and scrolls in itself. `read`: a column of readable width. */
  layout?: 'fill' | 'wide' | 'read';
  children: ReactNode;
}

/** The frame of every page behind sign-in: one h1, its actions, then the content. */
export function Page({ title, count, intro, back, badge, actions, layout = 'wide', children }: PageProps) {
  const format = useFormat();
  useDocumentTitle(`${title} · Rollcall`);
  return (
    <div className={classes.page} data-layout={layout}>
      <header className={classes.header}>
        {back && <div className={classes.back}>{back}</div>}
        <div className={classes.row}>
          <div className={classes.heading}>
            <h1 className={classes.title}>{title}</h1>
            {count !== undefined && <span className={classes.count}>{format.number(count)}</span>}
            {badge}
          </div>
          {actions && <div className={classes.actions}>{actions}</div>}
        </div>
        {intro && <p className={classes.intro}>{intro}</p>}
      </header>
      <div className={classes.content}>{children}</div>
    </div>
  );
}
