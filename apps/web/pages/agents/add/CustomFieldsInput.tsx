import { ActionIcon, Button, TextInput } from '@mantine/core';
import { IconPlus, IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import classes from './AddAgentForm.module.css';

type Field = { name: string; value: string };

interface CustomFieldsInputProps {
  value: Field[];
  onChange: (fields: Field[]) => void;
}

/** Fields that an organization keeps for itself: any name, any value. */
export function CustomFieldsInput({ value, onChange }: CustomFieldsInputProps) {
  const { t } = useTranslation();
  const change = (index: number, part: Partial<Field>) =>
    onChange(value.map((field, at) => (at === index ? { ...field, ...part } : field)));
  return (
    <fieldset className={classes.fields}>
      <legend className={classes.label}>{t('agents.fields.customFields')}</legend>
      {value.map((field, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a field has no identity besides its place while it is typed
        <div key={index} className={classes.field}>
          <TextInput
            aria-label={t('agents.fields.customName')}
            placeholder={t('agents.fields.customName')}
            value={field.name}
            onChange={(event) => change(index, { name: event.currentTarget.value })}
          />
          <TextInput
            aria-label={t('agents.fields.customValue')}
            placeholder={t('agents.fields.customValue')}
            value={field.value}
            onChange={(event) => change(index, { value: event.currentTarget.value })}
          />
          <ActionIcon
            size={32}
            aria-label={t('agents.fields.customRemove', { name: field.name })}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            <IconX size={15} />
          </ActionIcon>
        </div>
      ))}
      <Button
        variant="subtle"
        size="compact-sm"
        leftSection={<IconPlus size={14} />}
        onClick={() => onChange([...value, { name: '', value: '' }])}
      >
        {t('agents.fields.customAdd')}
      </Button>
    </fieldset>
  );
}
