import { Button } from '@mantine/core';
import type { ImportRow } from '@rollcall/contract/imports';
import { useTranslation } from 'react-i18next';
import { paths } from '../../../paths.ts';
import { RouteLink } from '../../../shell/RouteLink.tsx';
import { Detail, DetailList } from '../../../ui/DetailList.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { SideDrawer } from '../../../ui/SideDrawer.tsx';
import { StatusBadge } from '../../../ui/StatusBadge.tsx';
import { fieldName } from './field-name.ts';
import classes from './ImportRows.module.css';
import { nameOfRow } from './row-columns.tsx';
import { rowWord, wordTones } from './row-views.ts';

interface ImportRowDrawerProps {
  row: ImportRow;
  started: boolean;
  onClose: () => void;
}

/** One row: why it was refused and what helps, or each field before and after. */
export function ImportRowDrawer({ row, started, onClose }: ImportRowDrawerProps) {
  const { t } = useTranslation();
  const word = rowWord(row, started);
  const reachable = row.userId !== null && word !== 'undone';
  return (
    <SideDrawer
      opened
      onClose={onClose}
      title={nameOfRow(row)}
      size={560}
      footer={
        reachable &&
        row.userId && (
          <Button variant="default" component={RouteLink} href={paths.agent(row.userId)}>
            {t('imports.rows.openAgent')}
          </Button>
        )
      }
    >
      <div className={classes.part}>
        <DetailList>
          <Detail label={t('imports.rows.what')}>
            <StatusBadge
              tone={wordTones[word]}
              label={t(`imports.word.${word}`)}
              pending={word === 'pending'}
            />
          </Detail>
          <Detail label={t('imports.field.signInName')}>{row.signInName}</Detail>
          <Detail label={t('imports.rows.line')}>{row.line ?? t('imports.rows.notInFile')}</Detail>
        </DetailList>
      </div>
      {row.undoNote && (
        <div className={classes.part}>
          <Notice tone="warn">{row.undoNote}</Notice>
        </div>
      )}
      {row.errors.length > 0 && (
        <section className={classes.part} aria-label={t('imports.rows.errors')}>
          <h3 className={classes.heading}>{t('imports.rows.errors')}</h3>
          {row.errors.map((error) => (
            <div key={`${error.column}${error.message}`} className={classes.error}>
              {error.column && (
                <strong>
                  {error.column}
                  {error.value ? ': ' : ''}
                </strong>
              )}
              {error.value && <q>{error.value}</q>}
              <p>{error.message}</p>
              {error.remedy && <p className={classes.remedy}>{error.remedy}</p>}
            </div>
          ))}
        </section>
      )}
      {row.changes.length > 0 && (
        <section className={classes.part} aria-label={t('imports.rows.fields')}>
          <table className={classes.diff}>
            <thead>
              <tr>
                <th scope="col">{t('imports.rows.field')}</th>
                <th scope="col">{t('imports.rows.before')}</th>
                <th scope="col">{t('imports.rows.after')}</th>
              </tr>
            </thead>
            <tbody>
              {row.changes.map(({ field, before, after }) => (
                <tr key={field}>
                  <th scope="row">{fieldName(t, field)}</th>
                  <td className={classes.before}>{before ?? '–'}</td>
                  <td>{after ?? '–'}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {row.warnings.map((warning) => (
        <Notice key={warning.message} tone="warn">
          {warning.message}
        </Notice>
      ))}
    </SideDrawer>
  );
}
