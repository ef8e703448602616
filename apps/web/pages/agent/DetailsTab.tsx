import { Autocomplete, Select, TagsInput, TextInput } from '@mantine/core';
import type { UpdateUserInput, UserProfile } from '@rollcall/contract/users';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { languages } from '../../i18n/i18n.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { paths } from '../../paths.ts';
import { useAbility } from '../../session/me.ts';
import { RouteLink } from '../../shell/RouteLink.tsx';
import { Detail, DetailList } from '../../ui/DetailList.tsx';
import { EditableDetail, type EditorProps } from '../../ui/EditableDetail.tsx';
import { TimeZoneField } from '../../ui/form/TimeZoneField.tsx';
import { Section } from '../../ui/Section.tsx';
import { departmentsQuery } from '../agents/agents-queries.ts';
import { PersonSelect } from '../agents/PersonSelect.tsx';
import classes from './AgentPage.module.css';
import { CustomFieldsSection } from './CustomFieldsSection.tsx';
import { InvitationCard } from './InvitationCard.tsx';
import { useSaveAgent } from './use-save-agent.ts';

type TextField =
  | 'firstName'
  | 'lastName'
  | 'email'
  | 'signInName'
  | 'department'
  | 'title'
  | 'site'
  | 'costCenter'
  | 'externalId';

/** Who somebody is and where they work, edited in place. */
export function DetailsTab({ user }: { user: UserProfile }) {
  const { t } = useTranslation();
  const format = useFormat();
  const save = useSaveAgent(user);
  const departments = useQuery(departmentsQuery);
  const locked = useAbility('users:update') ? undefined : t('agents.fields.locked');
  const set = (change: Partial<UpdateUserInput>) => save(change);
  const text = (field: TextField, editor?: (props: EditorProps<string>) => React.ReactNode) => (
    <EditableDetail
      label={t(`agents.fields.${field}`)}
      value={user[field] ?? ''}
      locked={locked}
      editor={editor}
      onSave={(value) => set({ [field]: value.trim() || null })}
    />
  );
  const day = (field: 'startDate' | 'lastDay') => (
    <EditableDetail
      label={t(`agents.fields.${field}`)}
      value={user[field] ?? ''}
      display={user[field] && format.date(user[field])}
      locked={locked}
      editor={({ value, onChange, label, error }) => (
        <TextInput
          autoFocus
          type="date"
          aria-label={label}
          error={error}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      )}
      onSave={(value) => set({ [field]: value || null })}
    />
  );
  const language = languages.find((one) => one.code === user.locale?.slice(0, 2));
  return (
    <div className={classes.columns}>
      <div className={classes.column}>
        {(user.status === 'invited' || user.status === 'scheduled') && <InvitationCard userId={user.id} />}
        <Section title={t('agents.sections.person')}>
          <DetailList>
            {text('firstName')}
            {text('lastName')}
            {text('email')}
            {text('signInName')}
            <EditableDetail
              label={t('agents.fields.phoneNumbers')}
              value={user.phoneNumbers}
              display={user.phoneNumbers.join(', ')}
              locked={locked}
              editor={({ value, onChange, label, error }) => (
                <TagsInput aria-label={label} value={value} onChange={onChange} error={error} maxTags={10} />
              )}
              onSave={(phoneNumbers) => set({ phoneNumbers })}
            />
            <EditableDetail
              label={t('agents.fields.locale')}
              value={user.locale}
              display={language?.name ?? user.locale ?? t('agents.fields.asOrganization')}
              locked={locked}
              editor={({ value, onChange, label, error }) => (
                <Select
                  aria-label={label}
                  error={error}
                  clearable
                  placeholder={t('agents.fields.asOrganization')}
                  data={languages.map((one) => ({ value: one.code, label: one.name }))}
                  value={value}
                  onChange={onChange}
                />
              )}
              onSave={(locale) => set({ locale })}
            />
            <EditableDetail
              label={t('fields.timeZone')}
              value={user.timeZone}
              display={user.timeZone?.replaceAll('_', ' ') ?? t('agents.fields.asOrganization')}
              locked={locked}
              editor={({ value, onChange, label, error }) => (
                <TimeZoneField hideLabel aria-label={label} value={value} onChange={onChange} error={error} />
              )}
              onSave={(timeZone) => set({ timeZone })}
            />
          </DetailList>
        </Section>
        <CustomFieldsSection user={user} locked={locked} onSave={save} />
      </div>
      <div className={classes.column}>
        <Section title={t('agents.sections.work')}>
          <DetailList>
            {text('department', ({ value, onChange, label, error }) => (
              <Autocomplete
                autoFocus
                aria-label={label}
                error={error}
                data={departments.data ?? []}
                value={value}
                onChange={onChange}
              />
            ))}
            {text('title')}
            <EditableDetail
              label={t('agents.fields.manager')}
              value={user.manager?.id ?? null}
              display={
                user.manager && <RouteLink href={paths.agent(user.manager.id)}>{user.manager.name}</RouteLink>
              }
              locked={locked}
              editor={({ value, onChange, label, error }) => (
                <PersonSelect
                  label=""
                  aria-label={label}
                  error={error}
                  without={user.id}
                  value={value}
                  valueName={user.manager?.name}
                  onChange={onChange}
                />
              )}
              onSave={(managerId) => set({ managerId })}
            />
            <Detail label={t('agents.fields.directReports')}>
              {user.directReports > 0 && format.number(user.directReports)}
            </Detail>
            {text('site')}
            {text('costCenter')}
            {day('startDate')}
            {day('lastDay')}
            {text('externalId')}
          </DetailList>
        </Section>
      </div>
    </div>
  );
}
