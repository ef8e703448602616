import type { UserHistory } from '@rollcall/contract/users';
import type { TFunction } from 'i18next';
import type { TimelineItem } from '../../ui/Timeline.tsx';

type Period = UserHistory['periods'][number];

const fields = [
  'firstName',
  'lastName',
  'email',
  'signInName',
  'department',
  'title',
  'site',
  'costCenter',
] as const;

function differences(before: Period, after: Period, t: TFunction): string[] {
  const changed = fields
    .filter((field) => before[field] !== after[field])
    .map((field) => `${t(`agents.fields.${field}`)}: ${before[field] || '–'} → ${after[field] || '–'}`);
  if (before.manager?.id !== after.manager?.id) {
    changed.push(
      `${t('agents.fields.manager')}: ${before.manager?.name ?? '–'} → ${after.manager?.name ?? '–'}`,
    );
  }
  return changed;
}

/** What changed when, latest first: details, roles and groups, from the periods that the database keeps. */
export function historyItems(history: UserHistory, t: TFunction): TimelineItem[] {
  const periods = [...history.periods].sort((a, b) => a.validFrom.localeCompare(b.validFrom));
  const items: TimelineItem[] = periods.flatMap((period, index): TimelineItem[] => {
    const before = periods[index - 1];
    const status = t(`agents.status.${period.status}`);
    if (!before) {
      return [{ key: `p${index}`, at: period.validFrom, title: t('agents.history.began', { status }) }];
    }
    const body = differences(before, period, t).join(' · ');
    if (before.status !== period.status) {
      const tone = period.status === 'active' ? 'good' : 'idle';
      return [{ key: `p${index}`, at: period.validFrom, title: status, body, tone }];
    }
    return body ? [{ key: `p${index}`, at: period.validFrom, title: t('agents.history.changed'), body }] : [];
  });
  for (const kind of ['roles', 'groups'] as const) {
    for (const [index, { name, validFrom, validTo }] of history[kind].entries()) {
      items.push({
        key: `${kind}${index}`,
        at: validFrom,
        title: t(`agents.history.${kind}.from`, { name }),
      });
      if (validTo) {
        items.push({ key: `${kind}${index}e`, at: validTo, title: t(`agents.history.${kind}.to`, { name }) });
      }
    }
  }
  return items.sort((a, b) => (b.at ?? '').localeCompare(a.at ?? ''));
}
