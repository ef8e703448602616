import { Button, TextInput } from '@mantine/core';
import type { UpdateUserInput, UserProfile } from '@rollcall/contract/users';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DetailList } from '../../ui/DetailList.tsx';
import { EditableDetail } from '../../ui/EditableDetail.tsx';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { Section } from '../../ui/Section.tsx';
import classes from './AgentPage.module.css';

interface CustomFieldsSectionProps {
  user: UserProfile;
  locked: string | undefined;
  onSave: (change: Partial<UpdateUserInput>) => Promise<void>;
}

/** Fields that the organization keeps for itself. An emptied one is removed. */
export function CustomFieldsSection({ user, locked, onSave }: CustomFieldsSectionProps) {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const [failure, setFailure] = useState<unknown>();
  const fields = Object.entries(user.customFields);
  if (locked && fields.length === 0) return null;
  const add = async () => {
    setFailure(undefined);
    try {
      await onSave({ customFields: { [name.trim()]: value.trim() } });
      setName('');
      setValue('');
    } catch (thrown) {
      setFailure(thrown);
    }
  };
  return (
    <Section title={t('agents.fields.customFields')}>
      {fields.length > 0 && (
        <DetailList>
          {fields.map(([key, current]) => (
            <EditableDetail
              key={key}
              label={key}
              value={current}
              locked={locked}
              onSave={(next) => onSave({ customFields: { [key]: next.trim() || null } })}
            />
          ))}
        </DetailList>
      )}
      {!locked && (
        <form
          className={classes.add}
          onSubmit={(event) => {
            event.preventDefault();
            void add();
          }}
        >
          <TextInput
            aria-label={t('agents.fields.customName')}
            placeholder={t('agents.fields.customName')}
            value={name}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            aria-label={t('agents.fields.customValue')}
            placeholder={t('agents.fields.customValue')}
            value={value}
            onChange={(event) => setValue(event.currentTarget.value)}
          />
          <Button type="submit" variant="default" disabled={!name.trim() || !value.trim()}>
            {t('agents.fields.customAdd')}
          </Button>
        </form>
      )}
      <FormFailure error={failure} />
    </Section>
  );
}
