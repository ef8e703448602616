import type { ImportRow, ImportView } from '@rollcall/contract/imports';
import type { Tone } from '../../../ui/StatusBadge.tsx';
import type { RowFilter } from '../import-queries.ts';

export const rowViewNames = [
  'all',
  'create',
  'change',
  'unchanged',
  'deactivate',
  'refused',
  'undone',
  'left',
] as const;
export type RowViewName = (typeof rowViewNames)[number];

export interface RowView {
  name: RowViewName;
  count: number;
  tone?: Tone;
  filter: RowFilter;
}

/** What rows can be looked at in the present state, each with how many there are. */
export function rowViews({ state, counts, applied, undone }: ImportView): RowView[] {
  if (!counts) return [];
  const started = applied !== null;
  const drifted = applied?.refused ?? 0;
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const views: RowView[] = [
    { name: 'all', count: all, filter: {} },
    { name: 'create', count: counts.create, tone: 'good', filter: { kind: 'create' } },
    { name: 'change', count: counts.change, tone: 'accent', filter: { kind: 'change' } },
    { name: 'unchanged', count: counts.unchanged, tone: 'idle', filter: { kind: 'unchanged' } },
    { name: 'deactivate', count: counts.deactivate, tone: 'warn', filter: { kind: 'deactivate' } },
    {
      name: 'refused',
      count: counts.refused + drifted,
      tone: 'bad',
      filter: started ? { outcome: 'refused' } : { kind: 'refused' },
    },
  ];
  if (undone || state === 'undoing') {
    views.push(
      { name: 'undone', count: undone?.undone ?? 0, tone: 'idle', filter: { outcome: 'undone' } },
      { name: 'left', count: undone?.left ?? 0, tone: 'warn', filter: { outcome: 'left' } },
    );
  }
  return views;
}

/** The word for a row: what the preview says until it is applied, then what became of it. */
export function rowWord({ kind, outcome }: ImportRow, started: boolean) {
  if (kind === 'unchanged') return 'unchanged';
  if (kind === 'refused' || outcome === 'refused') return 'refused';
  if (!started) return kind;
  if (outcome === 'done')
    return ({ create: 'created', change: 'changed', deactivate: 'deactivated' } as const)[kind];
  return outcome;
}

export type RowWord = ReturnType<typeof rowWord>;

export const wordTones: Record<RowWord, Tone> = {
  create: 'good',
  change: 'accent',
  deactivate: 'warn',
  unchanged: 'idle',
  refused: 'bad',
  pending: 'idle',
  created: 'good',
  changed: 'accent',
  deactivated: 'warn',
  undone: 'idle',
  left: 'warn',
};
