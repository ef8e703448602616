import type { ReactNode } from 'react';
import { useFormat } from '../i18n/use-format.ts';
import classes from './StatTile.module.css';

interface StatTileProps {
  label: string;
  value: number;
  /** Small print: a change, a share. */
  note?: ReactNode;
  /** Renders the tile's label as a link to the list behind the figure. */
  link?: (label: string) => ReactNode;
}

export function StatTile({ label, value, note, link }: StatTileProps) {
  const format = useFormat();
  return (
    <div className={classes.tile}>
      <div className={classes.label}>{link ? link(label) : label}</div>
      <div className={classes.value}>{format.number(value)}</div>
      {note && <div className={classes.note}>{note}</div>}
    </div>
  );
}

/** Tiles side by side, as many as there is room for. */
export function StatTiles({ children }: { children: ReactNode }) {
  return <div className={classes.tiles}>{children}</div>;
}
