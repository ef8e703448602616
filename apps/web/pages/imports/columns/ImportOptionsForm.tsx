import { Radio, Select, Stack, Switch } from '@mantine/core';
import type { ImportOptions, ImportView } from '@rollcall/contract/imports';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../../ui/Notice.tsx';
import { rolesQuery } from '../../agents/agents-queries.ts';
import { countryChoices } from './country-choices.ts';

interface ImportOptionsFormProps {
  view: ImportView;
  onChange: (options: Partial<ImportOptions>) => void;
}

/** What is done with the rows. Only what the columns make possible is asked. */
export function ImportOptionsForm({ view, onChange }: ImportOptionsFormProps) {
  const { t, i18n } = useTranslation();
  const { options } = view;
  const has = (column: string) => view.columns.some((one) => one.column === column);
  const roles = useQuery(rolesQuery);
  const countries = useMemo(() => countryChoices(i18n.language), [i18n.language]);
  return (
    <Stack gap="md">
      <Radio.Group
        label={t('imports.options.mode.label')}
        value={options.mode}
        onChange={(mode) => onChange({ mode: mode as ImportOptions['mode'] })}
      >
        <Stack gap={8} mt={6}>
          <Radio size="xs" value="create_and_change" label={t('imports.options.mode.create_and_change')} />
          <Radio size="xs" value="create" label={t('imports.options.mode.create')} />
        </Stack>
      </Radio.Group>
      {has('groups') && (
        <Radio.Group
          label={t('imports.options.groups.label')}
          value={options.groups}
          onChange={(groups) => onChange({ groups: groups as ImportOptions['groups'] })}
        >
          <Stack gap={8} mt={6}>
            <Radio size="xs" value="add" label={t('imports.options.groups.add')} />
            <Radio size="xs" value="replace" label={t('imports.options.groups.replace')} />
          </Stack>
        </Radio.Group>
      )}
      <Select
        label={t('imports.options.defaultRole')}
        data={(roles.data ?? []).map((role) => ({ value: role.key ?? role.id, label: role.name }))}
        value={options.defaultRole}
        allowDeselect={false}
        onChange={(defaultRole) =>
          defaultRole && onChange({ defaultRole: defaultRole as ImportOptions['defaultRole'] })
        }
      />
      {(has('phoneNumbers') || has('defaultOutboundNumber')) && (
        <Select
          label={t('imports.options.country.label')}
          description={t('imports.options.country.help')}
          placeholder={t('imports.options.country.organization')}
          data={countries}
          value={options.defaultCountry}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('imports.options.country.organization') }}
          onChange={(defaultCountry) =>
            onChange({ defaultCountry: defaultCountry as ImportOptions['defaultCountry'] })
          }
        />
      )}
      <Switch
        size="sm"
        label={t('imports.options.invite.label')}
        description={t('imports.options.invite.help')}
        checked={options.invite}
        onChange={(event) => onChange({ invite: event.currentTarget.checked })}
      />
      {has('status') && (
        <Switch
          size="sm"
          label={t('imports.options.status.label')}
          description={t('imports.options.status.help')}
          checked={options.status === 'deactivate'}
          onChange={(event) => onChange({ status: event.currentTarget.checked ? 'deactivate' : 'ignore' })}
        />
      )}
      <Switch
        size="sm"
        label={t('imports.options.missing.label')}
        description={t('imports.options.missing.help')}
        checked={options.missing === 'deactivate'}
        onChange={(event) => onChange({ missing: event.currentTarget.checked ? 'deactivate' : 'keep' })}
      />
      {(options.missing === 'deactivate' || (has('status') && options.status === 'deactivate')) && (
        <Notice tone="warn">{t('imports.options.brake')}</Notice>
      )}
    </Stack>
  );
}
