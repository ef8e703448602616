import { Loader } from '@mantine/core';
import { IconFileSpreadsheet } from '@tabler/icons-react';
import { type DragEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './FileDrop.module.css';

interface FileDropProps {
  /** The name of the file that is on its way. */
  uploading: string | undefined;
  onFile: (file: File) => void;
}

/** Where a file is dropped or chosen. The input itself lies over the whole area, so keyboard and drop need nothing more. */
export function FileDrop({ uploading, onFile }: FileDropProps) {
  const { t } = useTranslation();
  const [over, setOver] = useState(false);
  const hover = (on: boolean) => (event: DragEvent) => {
    event.preventDefault();
    setOver(on);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is an extra, the input inside does the same
    <div
      className={classes.drop}
      data-over={over || undefined}
      onDragEnter={hover(true)}
      onDragOver={hover(true)}
      onDragLeave={hover(false)}
      onDrop={(event) => {
        hover(false)(event);
        const [file] = event.dataTransfer.files;
        if (file && uploading === undefined) onFile(file);
      }}
    >
      {uploading === undefined ? (
        <>
          <input
            type="file"
            className={classes.input}
            accept=".csv,.tsv,.txt,.xlsx,text/csv"
            aria-label={t('imports.drop.choose')}
            onChange={(event) => {
              const [file] = event.currentTarget.files ?? [];
              if (file) onFile(file);
              event.currentTarget.value = '';
            }}
          />
          <IconFileSpreadsheet size={26} stroke={1.5} className={classes.icon} aria-hidden="true" />
          <p className={classes.title}>
            {t('imports.drop.title')} <span className={classes.link}>{t('imports.drop.link')}</span>
          </p>
          <p className={classes.note}>{t('imports.drop.note')}</p>
        </>
      ) : (
        <div role="status" className={classes.busy}>
          <Loader size={18} aria-hidden="true" />
          <p className={classes.title}>{t('imports.drop.reading', { name: uploading })}</p>
        </div>
      )}
    </div>
  );
}
