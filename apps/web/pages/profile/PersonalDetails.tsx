import { Button, NativeSelect, Select, TextInput } from '@mantine/core';
import type { Me } from '@rollcall/contract/sessions';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { type Language, languages, setLanguage } from '../../i18n/i18n.ts';
import { meQuery, useMe } from '../../session/me.ts';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { FormLayout, FormRow } from '../../ui/form/FormLayout.tsx';
import { fieldChecks } from '../../ui/form/field-checks.ts';
import { useServerForm } from '../../ui/form/use-server-form.ts';
import { Section } from '../../ui/Section.tsx';
import { toastDone } from '../../ui/toast.ts';

/** Name, language and time zone; what is left to the organization follows it. */
export function PersonalDetails() {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  const { user, organization } = useMe();
  const { form, submitting, failure, onSubmit } = useServerForm({
    initialValues: {
      firstName: user.firstName,
      lastName: user.lastName,
      locale: user.locale ?? '',
      timeZone: user.timeZone ?? '',
    },
    validate: { firstName: fieldChecks(t).required, lastName: fieldChecks(t).required },
    async submit({ firstName, lastName, locale, timeZone }) {
      const me = await body(
        api.PATCH('/api/v1/me', {
          body: { firstName, lastName, locale: locale || null, timeZone: timeZone || null },
        }),
      );
      queryClient.setQueryData(meQuery.queryKey, me as Me);
      form.resetDirty();
      const language = (locale || organization.language).slice(0, 2);
      if (languages.some(({ code }) => code === language)) await setLanguage(language as Language);
      void toastDone(t('profile.saved'));
    },
  });
  const nameOfLanguage = (tag: string) => languages.find(({ code }) => code === tag.slice(0, 2))?.name ?? tag;
  const zones = Intl.supportedValuesOf('timeZone');
  const known = languages.some(({ code }) => code === form.values.locale) || form.values.locale === '';
  return (
    <Section title={t('profile.details')}>
      <FormLayout
        onSubmit={onSubmit}
        actions={
          <Button type="submit" loading={submitting} disabled={!form.isDirty()}>
            {t('ui.save')}
          </Button>
        }
      >
        <FormRow>
          <TextInput
            label={t('fields.firstName')}
            autoComplete="given-name"
            {...form.getInputProps('firstName')}
          />
          <TextInput
            label={t('fields.lastName')}
            autoComplete="family-name"
            {...form.getInputProps('lastName')}
          />
        </FormRow>
        <FormRow>
          <NativeSelect
            label={t('shell.language')}
            data={[
              {
                value: '',
                label: t('profile.asOrganization', { value: nameOfLanguage(organization.language) }),
              },
              ...languages.map(({ code, name }) => ({ value: code as string, label: name as string })),
              ...(known ? [] : [{ value: form.values.locale, label: form.values.locale }]),
            ]}
            {...form.getInputProps('locale')}
          />
          <Select
            searchable
            limit={50}
            label={t('fields.timeZone')}
            data={[
              {
                value: '',
                label: t('profile.asOrganization', { value: organization.timeZone.replaceAll('_', ' ') }),
              },
              ...zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') })),
            ]}
            allowDeselect={false}
            nothingFoundMessage={t('fields.timeZoneNone')}
            {...form.getInputProps('timeZone')}
          />
        </FormRow>
        <FormFailure {...failure} />
      </FormLayout>
    </Section>
  );
}
