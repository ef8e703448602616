import { ActionIcon, Button } from '@mantine/core';
import { IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import classes from './SelectionBar.module.css';
import type { Selection } from './selection.ts';

interface SelectionBarProps {
  selection: Selection;
  /** How many match the filters; undefined where that is not counted. */
  total: number | undefined;
  /** Bulk actions as buttons. */
  children: ReactNode;
}

/** Floats over the foot of the table while rows are chosen. */
export function SelectionBar({ selection, total, children }: SelectionBarProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const count = selection.count(total ?? Number.POSITIVE_INFINITY);
  if (count === 0) return null;
  return (
    <section className={classes.bar} aria-label={t('ui.selection')}>
      <span className={classes.count} aria-live="polite">
        {Number.isFinite(count)
          ? t('ui.selected', { count, shown: format.number(count) })
          : t('ui.allSelected')}
      </span>
      {count < (total ?? Number.POSITIVE_INFINITY) && (
        <Button variant="subtle" onClick={selection.selectAll}>
          {total === undefined
            ? t('ui.selectAll')
            : t('ui.selectAllMatching', { total: format.number(total) })}
        </Button>
      )}
      <div className={classes.actions}>{children}</div>
      <ActionIcon aria-label={t('ui.clearSelection')} onClick={selection.clear} className={classes.close}>
        <IconX size={16} />
      </ActionIcon>
    </section>
  );
}
