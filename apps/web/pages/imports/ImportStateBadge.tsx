import type { ImportState } from '@rollcall/contract/imports';
import { useTranslation } from 'react-i18next';
import { StatusBadge, type Tone } from '../../ui/StatusBadge.tsx';
import { isRunning } from './import-queries.ts';

const tones: Record<ImportState, Tone> = {
  uploaded: 'idle',
  previewing: 'accent',
  previewed: 'warn',
  applying: 'accent',
  applied: 'good',
  undoing: 'accent',
  undone: 'idle',
  stopped: 'bad',
};

export function ImportStateBadge({ state }: { state: ImportState }) {
  const { t } = useTranslation();
  return (
    <StatusBadge
      tone={tones[state]}
      label={t(`imports.state.${state}`)}
      pending={state === 'uploaded' || isRunning(state)}
    />
  );
}
