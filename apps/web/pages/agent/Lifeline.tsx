import type { UserHistory } from '@rollcall/contract/users';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { useNow } from '../../ui/use-now.ts';
import classes from './Lifeline.module.css';

interface Span {
  key: string;
  label: string;
  from: number;
  to: number;
  tone?: string;
}

interface Lane {
  name: string;
  spans: Span[];
}

const mostLanes = 8;

/** Status, roles and groups as bars over time. The same stands in words in the timeline below. */
export function Lifeline({ history }: { history: UserHistory }) {
  const { t } = useTranslation();
  const format = useFormat();
  const now = useNow();
  const time = (instant: string | null) => (instant ? new Date(instant).getTime() : now);
  const spanOf = (key: string, label: string, from: string, to: string | null, tone?: string): Span => ({
    key,
    label,
    from: time(from),
    to: time(to),
    tone,
  });
  const lanesOf = (periods: UserHistory['roles']): Lane[] =>
    [...new Set(periods.map((period) => period.name))].map((name) => ({
      name,
      spans: periods
        .filter((period) => period.name === name)
        .map((period, index) => spanOf(`${name}${index}`, name, period.validFrom, period.validTo)),
    }));
  const status: Lane = {
    name: t('agents.columns.status'),
    spans: history.periods.map((period, index) =>
      spanOf(
        `s${index}`,
        t(`agents.status.${period.status}`),
        period.validFrom,
        period.validTo,
        period.status,
      ),
    ),
  };
  const lanes = [status, ...lanesOf(history.roles), ...lanesOf(history.groups)].slice(0, mostLanes);
  const spans = lanes.flatMap((lane) => lane.spans);
  const first = Math.min(...spans.map((span) => span.from));
  const length = Math.max(1, now - first);
  const percent = (instant: number) => `${((instant - first) / length) * 100}%`;
  return (
    <figure className={classes.figure} aria-label={t('agents.history.title')}>
      {lanes.map((lane) => (
        <div key={lane.name} className={classes.lane}>
          <span className={classes.name} title={lane.name}>
            {lane.name}
          </span>
          <div className={classes.track}>
            {lane.spans.map((span) => (
              <span
                key={span.key}
                className={classes.span}
                data-status={span.tone}
                style={{
                  left: percent(span.from),
                  width: `max(3px, ${percent(first + span.to - span.from)})`,
                }}
                title={`${span.label}: ${format.date(new Date(span.from))} – ${
                  span.to >= now ? t('agents.history.today') : format.date(new Date(span.to))
                }`}
              />
            ))}
          </div>
        </div>
      ))}
      <figcaption className={classes.axis}>
        <span>{format.date(new Date(first))}</span>
        <span>{t('agents.history.today')}</span>
      </figcaption>
    </figure>
  );
}
