import type { OffBoarding } from '@rollcall/contract/off-boarding';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { Section } from '../../ui/Section.tsx';
import { deviceOf } from '../agent/device-of.ts';
import classes from './OffBoardingRecordPage.module.css';

/** Each thing that ended, by name. */
export function EndedThings({ ended }: Pick<OffBoarding, 'ended'>) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Section title={t('record.whatEnded')}>
      {ended.length === 0 && <p className={classes.none}>{t('record.nothingEnded')}</p>}
      {ended.map((group) => (
        <section key={group.kind} className={classes.ended}>
          <h3 className={classes.kind}>
            {t(`record.ended.${group.kind}`)} <span>{format.number(group.count)}</span>
          </h3>
          <ul className={classes.things}>
            {group.items.map((thing, index) => (
              <li key={thing.id ?? index}>
                <span title={thing.label}>
                  {group.kind === 'session' ? deviceOf(thing.label, t) : thing.label}
                </span>
                {thing.detail && (
                  <span className={classes.detail}>{readable(thing.detail, format.dateTime)}</span>
                )}
              </li>
            ))}
          </ul>
        </section>
      ))}
    </Section>
  );
}

/** Instants in a sentence of the server, as one reads them. */
function readable(text: string, write: (instant: string) => string): string {
  return text.replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, write);
}
