import type { OffBoarding } from '@rollcall/contract/off-boarding';
import type { TFunction } from 'i18next';
import type { Format } from '../../i18n/use-format.ts';
import type { TimelineItem } from '../../ui/Timeline.tsx';

/** The times that count, from the last day at work to the proof; what is not known is said to be so. */
export function recordTimes({ times, by }: OffBoarding, t: TFunction, format: Format): TimelineItem[] {
  return [
    {
      key: 'leaving',
      at: times.leavingDate ?? undefined,
      title: t('record.leavingDate'),
      body: times.leavingDate && format.date(times.leavingDate),
    },
    { key: 'source', at: times.disabledAtSource ?? undefined, title: t('record.disabledAtSource') },
    {
      key: 'signal',
      at: times.signalReceived,
      title: t('record.signal'),
      body: `${t('record.signalFrom', { name: by.name || t('record.unnamed') })} · ${format.exact(times.signalReceived)}`,
      tone: 'accent',
    },
    {
      key: 'ended',
      at: times.accessEnded,
      title: t('record.accessEnded'),
      body: `${t('record.after', { milliseconds: format.number(Math.round(times.milliseconds)) })} · ${format.exact(times.accessEnded)}`,
      tone: 'good',
    },
    {
      key: 'verified',
      at: times.verified ?? undefined,
      title: t('record.verified'),
      body: times.verified && t('record.verifiedHow'),
      tone: times.verified ? 'good' : undefined,
    },
  ];
}
