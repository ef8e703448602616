import { Accordion, Button, MultiSelect, Select, TextInput } from '@mantine/core';
import type { CreatedUser } from '@rollcall/contract/users';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../../api/client.ts';
import { FormFailure } from '../../../ui/form/FormFailure.tsx';
import { FormLayout, FormRow } from '../../../ui/form/FormLayout.tsx';
import { fieldChecks } from '../../../ui/form/field-checks.ts';
import { useServerForm } from '../../../ui/form/use-server-form.ts';
import { SideDrawer } from '../../../ui/SideDrawer.tsx';
import { profileQuery } from '../../agent/agent-queries.ts';
import { groupChoicesQuery, rolesQuery } from '../agents-queries.ts';
import { PersonSelect } from '../PersonSelect.tsx';
import { roleText } from '../role-text.ts';
import classes from './AddAgentForm.module.css';
import { CustomFieldsInput } from './CustomFieldsInput.tsx';
import { DateFields } from './DateFields.tsx';
import { inputOf, nobodyYet, settingsOf } from './new-agent.ts';
import { PhoneFields } from './PhoneFields.tsx';
import { WorkFields } from './WorkFields.tsx';

interface AddAgentFormProps {
  opened: boolean;
  onClose: () => void;
  onAdded: (user: CreatedUser) => void;
}

/** Fields of each part that is folded away at first; a part with a refused field opens. */
const parts = {
  phone: ['extension', 'phoneNumbers', 'numberIds', 'defaultNumberId'],
  work: ['department', 'title', 'managerId', 'site', 'costCenter', 'customFields'],
  dates: ['locale', 'timeZone', 'startDate', 'lastDay'],
} as const;

export function AddAgentForm({ opened, onClose, onAdded }: AddAgentFormProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const roles = useQuery(rolesQuery);
  const groups = useQuery(groupChoicesQuery);
  const [open, setOpen] = useState<string[]>([]);
  const [copiedFrom, setCopiedFrom] = useState<string | null>(null);
  const { required, email } = fieldChecks(t);
  const { form, submitting, failure, onSubmit } = useServerForm({
    initialValues: nobodyYet,
    validate: {
      firstName: required,
      lastName: required,
      email,
      role: (role) => (role ? null : t('fields.required')),
    },
    async submit(values) {
      onAdded((await body(api.POST('/api/v1/users', { body: inputOf(values) }))) as CreatedUser);
    },
  });
  const copy = async (userId: string | null) => {
    setCopiedFrom(userId);
    if (!userId) return;
    form.setValues(settingsOf(await queryClient.fetchQuery(profileQuery(userId))));
  };
  const faulty = Object.entries(parts)
    .filter(([, fields]) => fields.some((field) => form.errors[field]))
    .map(([part]) => part);
  const role = roles.data?.find((one) => one.key === form.values.role || one.id === form.values.role);

  return (
    <SideDrawer
      opened={opened}
      onClose={onClose}
      title={t('agents.add.title')}
      size={500}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" form="add-agent" loading={submitting}>
            {t(form.values.startDate ? 'agents.add.submitLater' : 'agents.add.submit')}
          </Button>
        </>
      }
    >
      <FormLayout id="add-agent" onSubmit={onSubmit}>
        <FormRow>
          <TextInput
            data-autofocus
            label={t('fields.firstName')}
            autoComplete="off"
            {...form.getInputProps('firstName')}
          />
          <TextInput label={t('fields.lastName')} autoComplete="off" {...form.getInputProps('lastName')} />
        </FormRow>
        <TextInput
          type="email"
          label={t('fields.email')}
          description={t('agents.add.emailHelp')}
          autoComplete="off"
          {...form.getInputProps('email')}
        />
        <PersonSelect
          label={t('agents.add.copyFrom')}
          description={t('agents.add.copyFromHelp')}
          value={copiedFrom}
          onChange={(userId) => void copy(userId)}
        />
        <Select
          label={t('agents.columns.role')}
          description={roleText(role, t)}
          data={(roles.data ?? []).map((one) => ({ value: one.key ?? one.id, label: one.name }))}
          allowDeselect={false}
          {...form.getInputProps('role')}
        />
        <MultiSelect
          label={t('agents.columns.groups')}
          placeholder={form.values.groupIds.length === 0 ? t('agents.add.noGroup') : undefined}
          searchable
          data={(groups.data ?? []).map((one) => ({ value: one.id, label: one.name }))}
          {...form.getInputProps('groupIds')}
        />
        <Accordion
          multiple
          variant="default"
          value={[...new Set([...open, ...faulty])]}
          onChange={setOpen}
          className={classes.parts}
          classNames={{ control: classes.control, content: classes.content, item: classes.item }}
        >
          <Accordion.Item value="phone">
            <Accordion.Control>{t('agents.add.phone')}</Accordion.Control>
            <Accordion.Panel>
              <PhoneFields form={form} />
            </Accordion.Panel>
          </Accordion.Item>
          <Accordion.Item value="work">
            <Accordion.Control>{t('agents.add.work')}</Accordion.Control>
            <Accordion.Panel>
              <WorkFields form={form} />
              <CustomFieldsInput
                value={form.values.customFields}
                onChange={(fields) => form.setFieldValue('customFields', fields)}
              />
            </Accordion.Panel>
          </Accordion.Item>
          <Accordion.Item value="dates">
            <Accordion.Control>{t('agents.add.dates')}</Accordion.Control>
            <Accordion.Panel>
              <DateFields form={form} />
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
        <FormFailure {...failure} />
      </FormLayout>
    </SideDrawer>
  );
}
