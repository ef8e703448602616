import { IconCircleMinus, IconClipboardList, IconShieldCheck } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import classes from './Consequences.module.css';

export interface Consequence {
  /** `ends`: stops or is taken away. `stays`: is kept. `todo`: somebody must do it by hand. */
  kind: 'ends' | 'stays' | 'todo';
  heading: string;
  items: { key: string; text: ReactNode; note?: ReactNode }[];
}

const icons = { ends: IconCircleMinus, stays: IconShieldCheck, todo: IconClipboardList };

/** What an action will do, or did. */
export function Consequences({ groups }: { groups: Consequence[] }) {
  return (
    <div className={classes.groups}>
      {groups
        .filter((group) => group.items.length > 0)
        .map((group) => {
          const Icon = icons[group.kind];
          return (
            <section key={group.heading} className={classes.group} data-kind={group.kind}>
              <h3 className={classes.heading}>
                <Icon size={15} stroke={1.9} className={classes.icon} aria-hidden="true" />
                {group.heading}
              </h3>
              <ul className={classes.items}>
                {group.items.map((item) => (
                  <li key={item.key}>
                    {item.text}
                    {item.note && <div className={classes.note}>{item.note}</div>}
                  </li>
                ))}
              </ul>
            </section>
          );
        })}
    </div>
  );
}
