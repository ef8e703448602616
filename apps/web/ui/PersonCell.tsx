import type { ReactNode } from 'react';
import { Avatar } from './Avatar.tsx';
import classes from './PersonCell.module.css';

interface PersonCellProps {
  name: string;
  /** Second, quieter part: the e-mail address, say. */
  note?: string;
  /** The name as a link, when it leads somewhere. */
  link?: ReactNode;
  muted?: boolean;
}

/** A person in one table cell: avatar, name, and optionally a note that is cut before the name is. */
export function PersonCell({ name, note, link, muted = false }: PersonCellProps) {
  return (
    <span className={classes.person}>
      <Avatar name={name} muted={muted} />
      <span className={classes.text}>
        <span className={classes.name}>{link ?? name}</span>
        {note && <span className={classes.note}>{note}</span>}
      </span>
    </span>
  );
}
