import { Autocomplete, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { FormRow } from '../../../ui/form/FormLayout.tsx';
import { departmentsQuery } from '../agents-queries.ts';
import { PersonSelect } from '../PersonSelect.tsx';
import type { NewAgent } from './new-agent.ts';

/** Where in the company somebody works. */
export function WorkFields({ form }: { form: UseFormReturnType<NewAgent> }) {
  const { t } = useTranslation();
  const departments = useQuery(departmentsQuery);
  return (
    <>
      <FormRow>
        <Autocomplete
          label={t('agents.columns.department')}
          data={departments.data ?? []}
          {...form.getInputProps('department')}
        />
        <TextInput label={t('agents.columns.title')} {...form.getInputProps('title')} />
      </FormRow>
      <PersonSelect
        label={t('agents.fields.manager')}
        value={form.values.managerId}
        error={form.errors.managerId}
        onChange={(managerId) => form.setFieldValue('managerId', managerId)}
      />
      <FormRow>
        <TextInput label={t('agents.columns.site')} {...form.getInputProps('site')} />
        <TextInput label={t('agents.columns.costCenter')} {...form.getInputProps('costCenter')} />
      </FormRow>
    </>
  );
}
