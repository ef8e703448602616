import { Button } from '@mantine/core';
import type { ImportColumn } from '@rollcall/contract/import-columns';
import type { ImportOptions, ImportView } from '@rollcall/contract/imports';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../../api/client.ts';
import { FormFailure } from '../../../ui/form/FormFailure.tsx';
import { Notice } from '../../../ui/Notice.tsx';
import { Section } from '../../../ui/Section.tsx';
import { takeImport } from '../import-queries.ts';
import { ColumnMapping } from './ColumnMapping.tsx';
import classes from './ColumnsStep.module.css';
import { ImportOptionsForm } from './ImportOptionsForm.tsx';

interface ColumnsStepProps {
  view: ImportView;
  onPreviewed: () => void;
}

interface Change {
  mapping?: Record<string, ImportColumn | null>;
  options?: Partial<ImportOptions>;
}

/** What the columns are and what is done with the rows. Every choice is kept at once, on the server. */
export function ColumnsStep({ view, onPreviewed }: ColumnsStepProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const path = { id: view.id };
  const change = useMutation({
    // One after the other, so that the last answer is the last state.
    scope: { id: `import-${view.id}` },
    mutationFn: async (input: Change) =>
      (await body(
        api.PATCH('/api/v1/imports/{id}', { params: { path }, body: input as never }),
      )) as ImportView,
    onSuccess: (changed) => takeImport(queryClient, changed),
  });
  const preview = useMutation({
    scope: { id: `import-${view.id}` },
    mutationFn: async () =>
      (await body(api.POST('/api/v1/imports/{id}/preview', { params: { path } }))) as ImportView,
    onSuccess: (started) => {
      takeImport(queryClient, started);
      onPreviewed();
    },
  });
  const { recognition, mappingFaults } = view;
  return (
    <div className={classes.step}>
      <div className={classes.notices}>
        {recognition.source && recognition.source !== 'rollcall' && (
          <Notice tone="good">{t(`imports.source.${recognition.source}`)}</Notice>
        )}
        {recognition.headerLooksLikeData && <Notice tone="warn">{t('imports.columns.noHeader')}</Notice>}
        {mappingFaults.length > 0 && (
          <Notice tone="bad" title={t('imports.columns.faults')}>
            {mappingFaults.map((fault) => (
              <div key={fault}>{fault}</div>
            ))}
          </Notice>
        )}
      </div>
      <div className={classes.parts}>
        <Section title={t('imports.columns.title')} intro={t('imports.columns.intro')} plain>
          <ColumnMapping
            view={view}
            onChange={(index, column) => change.mutate({ mapping: { [index]: column } })}
          />
        </Section>
        <Section title={t('imports.options.title')}>
          <ImportOptionsForm view={view} onChange={(options) => change.mutate({ options })} />
        </Section>
      </div>
      <FormFailure error={change.error ?? preview.error} />
      <div className={classes.actions}>
        <span className={classes.calm}>{t('imports.columns.nothingYet')}</span>
        <Button
          disabled={mappingFaults.length > 0 || change.isPending}
          loading={preview.isPending}
          onClick={() => preview.mutate()}
        >
          {t('imports.columns.preview')}
        </Button>
      </div>
    </div>
  );
}
