import { Input, MultiSelect, SegmentedControl, Select, TagsInput, TextInput } from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { freeNumbersQuery } from '../../agent/agent-queries.ts';
import type { NewAgent } from './new-agent.ts';

/** Extension, numbers to call out with, and numbers at which the person can be reached. */
export function PhoneFields({ form }: { form: UseFormReturnType<NewAgent> }) {
  const { t } = useTranslation();
  const numbers = useQuery(freeNumbersQuery);
  const options = (numbers.data ?? []).map(({ id, e164, label }) => ({
    value: id,
    label: label ? `${e164} · ${label}` : e164,
  }));
  return (
    <>
      <Input.Wrapper label={t('agents.columns.extension')} labelElement="div">
        <SegmentedControl
          fullWidth
          aria-label={t('agents.columns.extension')}
          value={form.values.extensionKind}
          onChange={(kind) => form.setFieldValue('extensionKind', kind as NewAgent['extensionKind'])}
          data={(['auto', 'own', 'none'] as const).map((value) => ({
            value,
            label: t(`agents.add.extension.${value}`),
          }))}
        />
      </Input.Wrapper>
      {form.values.extensionKind === 'own' && (
        <TextInput
          aria-label={t('agents.columns.extension')}
          inputMode="numeric"
          description={t('agents.add.extension.help')}
          {...form.getInputProps('extension')}
        />
      )}
      <MultiSelect
        label={t('agents.add.numbers')}
        description={t('agents.add.numbersHelp')}
        searchable
        data={options}
        nothingFoundMessage={t('agents.add.noNumbers')}
        {...form.getInputProps('numberIds')}
      />
      <Select
        label={t('agents.fields.defaultNumber')}
        clearable
        disabled={form.values.numberIds.length === 0}
        data={options.filter((option) => form.values.numberIds.includes(option.value))}
        {...form.getInputProps('defaultNumberId')}
      />
      <TagsInput
        label={t('agents.fields.phoneNumbers')}
        description={t('agents.add.phoneNumbersHelp')}
        maxTags={10}
        splitChars={[',', ';']}
        {...form.getInputProps('phoneNumbers')}
      />
    </>
  );
}
