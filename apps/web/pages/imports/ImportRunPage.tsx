import { Button } from '@mantine/core';
import type { ImportView } from '@rollcall/contract/imports';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Notice } from '../../ui/Notice.tsx';
import { Page } from '../../ui/Page.tsx';
import { usersKey } from '../agents/agents-queries.ts';
import { ImportProgress } from './apply/ImportProgress.tsx';
import { ColumnsStep } from './columns/ColumnsStep.tsx';
import { ImportStateBadge } from './ImportStateBadge.tsx';
import { type ImportStep, ImportSteps } from './ImportSteps.tsx';
import { importQuery, importsKey, isRunning } from './import-queries.ts';
import type { ImportPageView } from './import-view.ts';
import { ImportRows } from './preview/ImportRows.tsx';

const ApplyDialog = lazy(async () => ({ default: (await import('./apply/ApplyDialog.tsx')).ApplyDialog }));
const UndoDialog = lazy(async () => ({ default: (await import('./apply/UndoDialog.tsx')).UndoDialog }));

function stepOf({ state }: ImportView, asked: ImportPageView['step']): ImportStep {
  if (state === 'uploaded' || (state === 'previewed' && asked === 'columns')) return 'columns';
  return state === 'previewing' || state === 'previewed' ? 'preview' : 'result';
}

/** One import from its columns to its result, at whatever step it stands; it may be left and found again. */
export function ImportRunPage() {
  const { t } = useTranslation();
  const format = useFormat();
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const { importId } = useParams({ from: '/signed-in/settings/import/$importId' });
  const shown = useSearch({ from: '/signed-in/settings/import/$importId' });
  const [dialog, setDialog] = useState<'apply' | 'undo'>();
  const found = useQuery(importQuery(importId));
  const view = found.data;
  const show = (part: ImportPageView) =>
    void navigate({ to: '.', search: { ...shown, ...part } as never, replace: true });

  const done = view?.progress.done;
  const state = view?.state;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is known of the rows and of agents is old when more is done
  useEffect(() => {
    void queryClient.invalidateQueries({ queryKey: [importsKey, importId, 'rows'] });
    if (!isRunning(state)) void queryClient.invalidateQueries({ queryKey: [usersKey] });
  }, [done, state]);

  const back = <RouteLink href={paths.import()}>{t('nav.import')}</RouteLink>;
  if (!view) {
    return (
      <Page title={t('imports.one')} back={back}>
        {found.isError && <ErrorState error={found.error} onRetry={() => void found.refetch()} />}
      </Page>
    );
  }
  const step = stepOf(view, shown.step);
  const changes = view.counts ? view.counts.create + view.counts.change + view.counts.deactivate : 0;
  return (
    <Page
      title={view.fileName}
      back={back}
      badge={<ImportStateBadge state={view.state} />}
      intro={t(view.requestedBy.name ? 'imports.uploadedBy' : 'imports.uploaded', {
        name: view.requestedBy.name,
        at: format.dateTime(view.createdAt),
        count: view.rowCount,
        shown: format.number(view.rowCount),
      })}
      layout={step === 'columns' ? 'wide' : 'fill'}
      actions={
        step === 'preview' &&
        view.state === 'previewed' && (
          <>
            <Button variant="default" onClick={() => show({ step: 'columns', rows: undefined })}>
              {t('imports.preview.back')}
            </Button>
            <Button disabled={changes === 0} onClick={() => setDialog('apply')}>
              {t('imports.preview.apply', { count: changes, shown: format.number(changes) })}
            </Button>
          </>
        )
      }
    >
      <ImportSteps current={step} done={view.state === 'applied' || view.state === 'undone'} />
      {step === 'columns' && <ColumnsStep view={view} onPreviewed={() => show({ step: undefined })} />}
      {view.state !== 'previewed' && step !== 'columns' && (
        <ImportProgress view={view} onUndo={() => setDialog('undo')} />
      )}
      {step === 'preview' && view.state === 'previewed' && changes === 0 && (
        <Notice tone="info">{t('imports.preview.nothing')}</Notice>
      )}
      {step !== 'columns' && view.counts && (
        <ImportRows view={view} shown={shown.rows ?? 'all'} onShow={(rows) => show({ rows })} />
      )}
      {dialog && (
        <Suspense>
          {dialog === 'apply' ? (
            <ApplyDialog view={view} onClose={() => setDialog(undefined)} />
          ) : (
            <UndoDialog view={view} onClose={() => setDialog(undefined)} />
          )}
        </Suspense>
      )}
    </Page>
  );
}
