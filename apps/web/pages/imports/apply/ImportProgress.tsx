import { Button } from '@mantine/core';
import type { ImportView } from '@rollcall/contract/imports';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../../i18n/use-format.ts';
import { Notice } from '../../../ui/Notice.tsx';
import { type JobProgress, ProgressPanel } from '../../../ui/ProgressPanel.tsx';
import { useNow } from '../../../ui/use-now.ts';
import { isRunning } from '../import-queries.ts';

function stateOf(view: ImportView): JobProgress['state'] {
  if (isRunning(view.state)) return 'running';
  if (view.state === 'stopped') return 'failed';
  if (view.state === 'undone') return view.undone?.left ? 'partial' : 'succeeded';
  return (view.applied?.refused ?? 0) + (view.counts?.refused ?? 0) > 0 ? 'partial' : 'succeeded';
}

interface ImportProgressProps {
  view: ImportView;
  onUndo: () => void;
}

/** How far it is, what came of it so far, and until when it can be undone. */
export function ImportProgress({ view, onUndo }: ImportProgressProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const { applied, undone, undoUntil } = view;
  const undoable = undoUntil !== null && new Date(undoUntil).getTime() > now;
  return (
    <ProgressPanel
      title={t(`imports.progress.title.${view.state}`, { file: view.fileName })}
      job={{ state: stateOf(view), ...view.progress }}
      actions={
        undoable && (
          <>
            <Button variant="default" onClick={onUndo}>
              {t('imports.undo.action')}
            </Button>
            <span style={{ alignSelf: 'center', color: 'var(--rc-text-quiet)', fontSize: '0.8125rem' }}>
              {t('imports.undo.until', { at: format.dateTime(undoUntil) })}
            </span>
          </>
        )
      }
    >
      {view.stopReason && (
        <Notice tone="bad" title={t('imports.progress.stopped')}>
          {view.stopReason}
        </Notice>
      )}
      {!isRunning(view.state) && (applied?.refused ?? 0) > 0 && !undone && (
        <Notice tone="warn">
          {t('imports.progress.drifted', {
            count: applied?.refused ?? 0,
            shown: format.number(applied?.refused ?? 0),
          })}
        </Notice>
      )}
    </ProgressPanel>
  );
}
