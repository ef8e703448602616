import { useTranslation } from 'react-i18next';
import classes from './DataTable.module.css';

interface TableSkeletonProps {
  cells: number;
  template: string;
  narrow: boolean;
}

const rows = [72, 55, 64, 48, 70, 58, 66, 44, 61, 52];

/** Bars where rows will be, so that nothing jumps when they arrive. Said once to screen readers. */
export function TableSkeleton({ cells, template, narrow }: TableSkeletonProps) {
  const { t } = useTranslation();
  const shown = Array.from({ length: narrow ? 1 : cells }, (_, cell) => cell);
  return (
    <div role="status" className={classes.skeleton}>
      <span className={classes.hidden}>{t('ui.loading')}</span>
      {rows.map((width, row) => (
        <div
          key={width}
          aria-hidden="true"
          className={classes.skeletonRow}
          data-narrow={narrow || undefined}
          style={{ gridTemplateColumns: narrow ? undefined : template, opacity: 1 - row * 0.085 }}
        >
          {shown.map((cell) => (
            <span key={cell} className={classes.bone} style={{ width: `${width - ((cell * 13) % 30)}%` }} />
          ))}
        </div>
      ))}
    </div>
  );
}
