import { Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './PeriodFilter.module.css';
import { type Period, presetOf, presetPeriod, presets } from './period.ts';

interface PeriodFilterProps {
  /** Days, both included; left out where it is open. */
  value: Period;
  onChange: (period: Period) => void;
}

/** A stretch of days: one of the usual ones, or any from and to. */
export function PeriodFilter({ value, onChange }: PeriodFilterProps) {
  const { t } = useTranslation();
  const [own, setOwn] = useState(() => presetOf(value, new Date()) === 'own');
  const chosen = own ? 'own' : presetOf(value, new Date());
  return (
    <span className={classes.period}>
      <Select
        aria-label={t('period.label')}
        data={presets.map((preset) => ({ value: preset, label: t(`period.${preset}`) }))}
        value={chosen}
        allowDeselect={false}
        className={classes.preset}
        onChange={(preset) => {
          const name = preset as (typeof presets)[number];
          setOwn(name === 'own');
          if (name !== 'own') onChange(presetPeriod(name, new Date()));
        }}
      />
      {chosen === 'own' && (
        <>
          <TextInput
            type="date"
            aria-label={t('period.from')}
            value={value.from ?? ''}
            max={value.to}
            onChange={(event) => onChange({ ...value, from: event.currentTarget.value || undefined })}
          />
          <span aria-hidden="true">–</span>
          <TextInput
            type="date"
            aria-label={t('period.to')}
            value={value.to ?? ''}
            min={value.from}
            onChange={(event) => onChange({ ...value, to: event.currentTarget.value || undefined })}
          />
        </>
      )}
    </span>
  );
}
