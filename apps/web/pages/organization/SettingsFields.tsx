import { NumberInput, Select, Switch, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { languages } from '../../i18n/i18n.ts';
import { FormRow } from '../../ui/form/FormLayout.tsx';
import { TimeZoneField } from '../../ui/form/TimeZoneField.tsx';
import { Section } from '../../ui/Section.tsx';
import { countryCodes } from './country-codes.ts';
import classes from './organization.module.css';
import type { SettingsValues } from './settings-values.ts';

interface SettingsFieldsProps {
  form: UseFormReturnType<SettingsValues>;
  mayChange: boolean;
}

/** The fields in the parts that they belong to, each with what it does. */
export function SettingsFields({ form, mayChange }: SettingsFieldsProps) {
  const { t, i18n } = useTranslation();
  const field = form.getInputProps;
  const countries = useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: 'region' });
    return countryCodes
      .map((value) => ({ value, label: names.of(value) ?? value }))
      .sort((a, b) => a.label.localeCompare(b.label, i18n.language));
  }, [i18n.language]);
  return (
    <>
      <Section title={t('organization.general')}>
        <div className={classes.fields}>
          <TextInput label={t('organization.fields.name')} maxLength={200} {...field('name')} />
          <FormRow>
            <TimeZoneField
              disabled={!mayChange}
              description={t('organization.help.timeZone')}
              {...field('timeZone')}
            />
            <Select
              disabled={!mayChange}
              label={t('organization.fields.language')}
              description={t('organization.help.language')}
              data={languages.map(({ code, name }) => ({ value: code, label: name }))}
              allowDeselect={false}
              {...field('language')}
            />
          </FormRow>
          <Select
            disabled={!mayChange}
            searchable
            clearable
            clearButtonProps={{ 'aria-label': t('organization.noCountry') }}
            placeholder={t('organization.noCountry')}
            label={t('organization.fields.defaultCountry')}
            description={t('organization.help.defaultCountry')}
            data={countries}
            limit={300}
            {...field('defaultCountry')}
          />
        </div>
      </Section>
      <Section title={t('organization.sessions')} intro={t('organization.sessionsIntro')}>
        <FormRow>
          <NumberInput
            label={t('organization.fields.sessionIdleMinutes')}
            description={t('organization.help.sessionIdleMinutes')}
            suffix={` ${t('organization.minutes')}`}
            allowDecimal={false}
            min={5}
            max={43_200}
            clampBehavior="none"
            hideControls
            {...field('sessionIdleMinutes')}
          />
          <NumberInput
            label={t('organization.fields.sessionAbsoluteHours')}
            description={t('organization.help.sessionAbsoluteHours')}
            suffix={` ${t('organization.hours')}`}
            allowDecimal={false}
            min={1}
            max={2160}
            clampBehavior="none"
            hideControls
            {...field('sessionAbsoluteHours')}
          />
        </FormRow>
      </Section>
      <Section title={t('organization.changes')}>
        <Switch
          disabled={!mayChange}
          label={t('organization.fields.reasonRequired')}
          description={t('organization.help.reasonRequired')}
          {...form.getInputProps('reasonRequired', { type: 'checkbox' })}
        />
      </Section>
      <Section title={t('organization.extensions')} intro={t('organization.extensionsIntro')}>
        <FormRow>
          <NumberInput
            label={t('organization.fields.extensionFrom')}
            allowDecimal={false}
            hideControls
            {...field('extensionFrom')}
          />
          <NumberInput
            label={t('organization.fields.extensionTo')}
            allowDecimal={false}
            hideControls
            {...field('extensionTo')}
          />
        </FormRow>
      </Section>
    </>
  );
}
