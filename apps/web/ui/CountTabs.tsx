import { useId } from 'react';
import { useFormat } from '../i18n/use-format.ts';
import classes from './CountTabs.module.css';
import type { Tone } from './StatusBadge.tsx';

export interface CountTab {
  key: string;
  label: string;
  count: number;
  tone?: Tone;
}

interface CountTabsProps {
  /** Accessible name: "Show rows". */
  label: string;
  tabs: CountTab[];
  value: string;
  onChange: (key: string) => void;
}

/** Figures that are a filter at once: how many there are of each, and a click shows them. */
export function CountTabs({ label, tabs, value, onChange }: CountTabsProps) {
  const format = useFormat();
  const name = useId();
  return (
    <fieldset className={classes.tabs}>
      <legend className={classes.legend}>{label}</legend>
      {tabs.map((tab) => (
        <label key={tab.key} className={classes.tab} data-none={tab.count === 0 || undefined}>
          <input
            type="radio"
            name={name}
            className={classes.input}
            checked={value === tab.key}
            onChange={() => onChange(tab.key)}
          />
          <span className={classes.count}>{format.number(tab.count)}</span>
          <span className={classes.label}>
            {tab.tone && <span className={classes.dot} data-tone={tab.tone} aria-hidden="true" />}
            {tab.label}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
