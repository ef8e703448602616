import { SegmentedControl } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type Availability,
  availabilities,
  availabilityTones,
  useAvailability,
  useSetAvailability,
} from '../session/availability.ts';
import { FormFailure } from '../ui/form/FormFailure.tsx';
import { RelativeTime } from '../ui/RelativeTime.tsx';
import { StatusBadge } from '../ui/StatusBadge.tsx';
import classes from './AvailabilityPanel.module.css';

const AwayDialog = lazy(async () => ({ default: (await import('./AwayDialog.tsx')).AwayDialog }));

/** Whether one takes calls, in the open: for one's profile, and the first page of those who only take calls. */
export function AvailabilityPanel() {
  const { t } = useTranslation();
  const now = useAvailability();
  const set = useSetAvailability();
  const [leaving, setLeaving] = useState(false);
  const choose = (availability: Availability['availability']) =>
    availability === 'away' ? setLeaving(true) : set.mutate({ availability });
  return (
    <div className={classes.panel}>
      <SegmentedControl
        aria-label={t('availability.title')}
        value={now?.availability ?? ''}
        onChange={(value) => choose(value as Availability['availability'])}
        data={availabilities.map((value) => ({
          value,
          label: (
            <StatusBadge
              tone={availabilityTones[value]}
              pending={value === 'offline'}
              label={t(`availability.${value}`)}
            />
          ),
        }))}
      />
      {now && (
        <span className={classes.since}>
          {now.awayReason && <strong>{now.awayReason}</strong>}
          <span>
            {t(`availability.means.${now.availability}`)} {t('availability.changed')}{' '}
            <RelativeTime value={now.availabilitySince} />
          </span>
        </span>
      )}
      {set.error && <FormFailure error={set.error} />}
      {leaving && (
        <Suspense>
          <AwayDialog onClose={() => setLeaving(false)} />
        </Suspense>
      )}
    </div>
  );
}
