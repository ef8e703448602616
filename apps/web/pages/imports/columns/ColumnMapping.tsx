import { Select } from '@mantine/core';
import type { ImportColumn, RecognisedHeader } from '@rollcall/contract/import-columns';
import type { ImportView } from '@rollcall/contract/imports';
import { useTranslation } from 'react-i18next';
import { StatusBadge, type Tone } from '../../../ui/StatusBadge.tsx';
import classes from './ColumnMapping.module.css';
import { columnChoices, leftOut } from './column-choices.ts';

interface ColumnMappingProps {
  view: ImportView;
  onChange: (index: number, column: ImportColumn | null) => void;
}

/** One line a column of the file: its header, what stands in it, and what it is taken as. */
export function ColumnMapping({ view, onChange }: ColumnMappingProps) {
  const { t } = useTranslation();
  return (
    <ul className={classes.list}>
      <li className={classes.head} aria-hidden="true">
        <span>{t('imports.columns.header')}</span>
        <span>{t('imports.columns.sample')}</span>
        <span>{t('imports.columns.takenAs')}</span>
        <span />
      </li>
      {view.columns.map(({ index, header, column, inverted }) => {
        const name = header.trim() || t('imports.columns.unnamed', { number: index + 1 });
        return (
          <li key={index} className={classes.row} data-out={column === null || undefined}>
            <span className={classes.header}>{name}</span>
            <span className={classes.sample}>{samplesOf(view, index) || '–'}</span>
            <span className={classes.choice}>
              <Select
                aria-label={t('imports.columns.takeAs', { header: name })}
                data={columnChoices(t, header, column)}
                value={column ?? leftOut}
                searchable
                allowDeselect={false}
                maxDropdownHeight={320}
                nothingFoundMessage={t('imports.columns.noSuch')}
                onChange={(value) =>
                  value && onChange(index, value === leftOut ? null : (value as ImportColumn))
                }
              />
            </span>
            <span className={classes.hint}>
              <Recognition header={view.recognition.headers[index]} column={column} />
              {inverted && <span className={classes.inverted}>{t('imports.columns.inverted')}</span>}
            </span>
          </li>
        );
      })}
    </ul>
  );
}

/** The first values that are there, enough to see what the column holds. */
function samplesOf(view: ImportView, index: number): string {
  const values = view.sampleRows.map((cells) => cells[index]?.trim() ?? '').filter((cell) => cell !== '');
  return [...new Set(values)].slice(0, 3).join(', ');
}

interface RecognitionProps {
  header: RecognisedHeader | undefined;
  column: ImportColumn | null;
}

function Recognition({ header, column }: RecognitionProps) {
  const { t } = useTranslation();
  const kind = recognitionOf(header, column);
  const tones: Record<typeof kind, Tone> = {
    exact: 'good',
    likely: 'warn',
    chosen: 'accent',
    conflict: 'bad',
    unknown: 'idle',
    ignored: 'idle',
  };
  return <StatusBadge tone={tones[kind]} label={t(`imports.columns.recognition.${kind}`)} />;
}

function recognitionOf(header: RecognisedHeader | undefined, column: ImportColumn | null) {
  if (column !== null)
    return header?.column === column && header.outcome !== 'conflict'
      ? (header.confidence ?? 'likely')
      : 'chosen';
  return header?.outcome === 'conflict' || header?.outcome === 'unknown' ? header.outcome : 'ignored';
}
