import { Select, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useTranslation } from 'react-i18next';
import { languages } from '../../../i18n/i18n.ts';
import { FormRow } from '../../../ui/form/FormLayout.tsx';
import { TimeZoneField } from '../../../ui/form/TimeZoneField.tsx';
import type { NewAgent } from './new-agent.ts';

/** Language, time zone, and the days that act by themselves. */
export function DateFields({ form }: { form: UseFormReturnType<NewAgent> }) {
  const { t } = useTranslation();
  return (
    <>
      <FormRow>
        <TextInput
          type="date"
          label={t('agents.columns.startDate')}
          description={t('agents.add.startDateHelp')}
          {...form.getInputProps('startDate')}
        />
        <TextInput
          type="date"
          label={t('agents.columns.lastDay')}
          description={t('agents.add.lastDayHelp')}
          {...form.getInputProps('lastDay')}
        />
      </FormRow>
      <FormRow>
        <Select
          label={t('agents.fields.locale')}
          placeholder={t('agents.fields.asOrganization')}
          clearable
          data={languages.map((language) => ({ value: language.code, label: language.name }))}
          {...form.getInputProps('locale')}
        />
        <TimeZoneField placeholder={t('agents.fields.asOrganization')} {...form.getInputProps('timeZone')} />
      </FormRow>
    </>
  );
}
