import { Button, NativeSelect, TextInput } from '@mantine/core';
import {
  type CountryCode,
  formatPhoneNumber,
  isCountryCode,
  phoneCountries,
  toE164,
} from '@rollcall/contract/phone-number';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { useAbility } from '../../session/me.ts';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { FormLayout } from '../../ui/form/FormLayout.tsx';
import { useServerForm } from '../../ui/form/use-server-form.ts';
import { SideDrawer } from '../../ui/SideDrawer.tsx';
import { toastDone } from '../../ui/toast.ts';
import { organizationQuery } from '../organization/organization-queries.ts';
import { type Holder, HolderField, holderInput } from './HolderField.tsx';
import { numbersKey } from './numbers-queries.ts';

/** The country that the browser is set to, for where the organization has none. */
function browserCountry(): CountryCode {
  const region = new Intl.Locale(navigator.language).maximize().region ?? '';
  return isCountryCode(region) ? region : 'US';
}

/** A number may be written as people write it there; what it will be stored as is said while one types. */
export function AddNumber({ onClose }: { onClose: () => void }) {
  const { t, i18n } = useTranslation();
  const queryClient = useQueryClient();
  const settings = useQuery({ ...organizationQuery, enabled: useAbility('organization:read') });
  const home = settings.data?.defaultCountry ?? '';
  const usual = isCountryCode(home) ? home : browserCountry();
  const countries = useMemo(() => {
    const names = new Intl.DisplayNames(i18n.language, { type: 'region' });
    return phoneCountries()
      .map(({ country, callingCode }) => ({
        value: country,
        label: `${names.of(country) ?? country} (+${callingCode})`,
      }))
      .sort((a, b) => a.label.localeCompare(b.label, i18n.language));
  }, [i18n.language]);
  const { form, submitting, failure, onSubmit } = useServerForm({
    initialValues: { e164: '', country: '' as CountryCode | '', label: '', holder: null as Holder },
    validate: {
      e164: (written, { country }) =>
        toE164(written, { defaultCountry: country || usual }) ? null : t('numbers.notANumber'),
    },
    async submit({ e164, country, label, holder }) {
      const stored = toE164(e164, { defaultCountry: country || usual }) ?? e164;
      await body(api.POST('/api/v1/numbers', { body: { e164: stored, label, ...holderInput(holder) } }));
      await queryClient.invalidateQueries({ queryKey: [numbersKey] });
      onClose();
      void toastDone(t('numbers.added', { number: formatPhoneNumber(stored) }));
    },
  });
  const country = form.values.country || usual;
  const read = toE164(form.values.e164, { defaultCountry: country });
  return (
    <SideDrawer
      opened
      onClose={onClose}
      title={t('numbers.add')}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            {t('ui.cancel')}
          </Button>
          <Button type="submit" form="number" loading={submitting}>
            {t('numbers.add')}
          </Button>
        </>
      }
    >
      <FormLayout id="number" onSubmit={onSubmit}>
        <NativeSelect
          label={t('numbers.country')}
          data={countries}
          value={country}
          onChange={(event) => form.setFieldValue('country', event.currentTarget.value as CountryCode)}
        />
        <TextInput
          data-autofocus
          type="tel"
          autoComplete="off"
          label={t('numbers.columns.number')}
          description={
            read ? t('numbers.readAs', { number: formatPhoneNumber(read) }) : t('numbers.numberHelp')
          }
          {...form.getInputProps('e164')}
        />
        <TextInput
          label={t('numbers.columns.label')}
          description={t('numbers.labelHelp')}
          maxLength={200}
          {...form.getInputProps('label')}
        />
        <HolderField
          label={t('numbers.columns.holder')}
          description={t('numbers.holderHelp')}
          value={form.values.holder}
          onChange={(holder) => form.setFieldValue('holder', holder)}
          error={form.errors.holder ?? form.errors.userId ?? form.errors.groupId}
        />
        <FormFailure {...failure} />
      </FormLayout>
    </SideDrawer>
  );
}
