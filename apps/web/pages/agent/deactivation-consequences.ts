import type { OffBoardingPreview } from '@rollcall/contract/off-boarding';
import type { TFunction } from 'i18next';
import type { Consequence } from '../../ui/Consequences.tsx';
import { deviceOf } from './device-of.ts';

type Item = Consequence['items'][number];

/** What ends with a deactivation, counted and named. */
function ending(preview: OffBoardingPreview, t: TFunction): Item[] {
  const { sessions, apiKeys, openInvitations, groups, numbers, successor } = preview;
  const empty = groups.filter((group) => group.leftWithoutAvailableMember).map((group) => group.name);
  const items: Item[] = [];
  if (sessions.length > 0) {
    items.push({
      key: 'sessions',
      text: t('agents.deactivate.sessions', { count: sessions.length }),
      note: [...new Set(sessions.map((session) => deviceOf(session.userAgent, t)))].join(', '),
    });
  }
  if (apiKeys.length > 0) {
    items.push({
      key: 'keys',
      text: t('agents.deactivate.keys', { count: apiKeys.length }),
      note: apiKeys.map((key) => `${key.name} (${key.hint})`).join(', '),
    });
  }
  if (openInvitations > 0) {
    items.push({ key: 'invitation', text: t('agents.deactivate.invitation') });
  }
  if (groups.length > 0) {
    items.push({
      key: 'groups',
      text: t('agents.deactivate.groups', {
        count: groups.length,
        names: groups.map((group) => group.name).join(', '),
      }),
      note:
        empty.length > 0 &&
        t('agents.deactivate.emptyGroups', { count: empty.length, names: empty.join(', ') }),
    });
  }
  const assigned = new Set(numbers.filter((one) => one.use === 'assigned').map((one) => one.id));
  for (const number of numbers) {
    // A number of their own that they also call out with is told once.
    if (number.use === 'default' && assigned.has(number.id)) continue;
    const name = number.label ? `${number.e164} (${number.label})` : number.e164;
    items.push({
      key: number.id + number.use,
      text: t(`agents.deactivate.number.${number.becomes}`, {
        number: name,
        successor: successor?.name ?? '',
      }),
    });
  }
  if (items.length === 0) items.push({ key: 'none', text: t('agents.deactivate.nothingOpen') });
  return items;
}

/** The server's preview as the dialog tells it: what ends now, what somebody must do, what is kept. */
export function deactivationConsequences(preview: OffBoardingPreview, t: TFunction): Consequence[] {
  return [
    { kind: 'ends', heading: t('agents.deactivate.ends'), items: ending(preview, t) },
    {
      kind: 'todo',
      heading: t('agents.deactivate.byHand'),
      items: preview.manualCleanUp.map(({ key, text }) => ({ key, text })),
    },
    {
      kind: 'stays',
      heading: t('agents.deactivate.kept'),
      items: [
        ...preview.kept.map(({ kind, text }) => ({ key: kind, text })),
        { key: 'seat', text: preview.seat.text },
      ],
    },
  ];
}
