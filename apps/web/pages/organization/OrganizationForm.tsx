import { Button } from '@mantine/core';
import type { OrganizationSettings } from '@rollcall/contract/organizations';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, body } from '../../api/client.ts';
import { problemOf } from '../../api/problem.ts';
import { FormFailure } from '../../ui/form/FormFailure.tsx';
import { fieldChecks } from '../../ui/form/field-checks.ts';
import { useServerForm } from '../../ui/form/use-server-form.ts';
import { toastDone } from '../../ui/toast.ts';
import { ConflictNotice } from './ConflictNotice.tsx';
import classes from './organization.module.css';
import { organizationQuery } from './organization-queries.ts';
import { SettingsFields } from './SettingsFields.tsx';
import { changedFields, type SettingsValues, settingsFields, valuesOf } from './settings-values.ts';

interface OrganizationFormProps {
  settings: OrganizationSettings;
  mayChange: boolean;
}

/** All settings in one form, saved together from the version that was read; a conflict is told, not overwritten. */
export function OrganizationForm({ settings, mayChange }: OrganizationFormProps) {
  const { t } = useTranslation();
  const queryClient = useQueryClient();
  /** What the form started from: stays while others change the settings, until one has seen theirs. */
  const [base, setBase] = useState(settings);
  const { form, submitting, failure, onSubmit } = useServerForm<SettingsValues>({
    initialValues: valuesOf(settings),
    validate: { name: fieldChecks(t).required },
    async submit(values) {
      const saved = await body(
        api.PATCH('/api/v1/organization', {
          headers: { 'If-Match': `"v${base.version}"` },
          body: changedFields(valuesOf(base), values) as never,
        }),
      );
      queryClient.setQueryData(organizationQuery.queryKey, saved);
      setBase(saved as OrganizationSettings);
      form.setInitialValues(valuesOf(saved as OrganizationSettings));
      form.setValues(valuesOf(saved as OrganizationSettings));
      void queryClient.invalidateQueries({ queryKey: ['me'] });
      void toastDone(t('organization.saved'));
    },
  });
  const problem = problemOf(failure.error);
  const current = problem.code === 'precondition_failed' ? problem.context.current : undefined;
  const theirs = (current ?? (settings.version > base.version ? settings : undefined)) as
    | OrganizationSettings
    | undefined;
  const conflict = theirs && theirs.version !== base.version ? theirs : undefined;
  const mine = changedFields(valuesOf(base), form.values);
  const changed = settingsFields.filter((field) => field in mine);

  /** Goes on from what stands there now; one's own changes stay in the form where `keep` says so. */
  const goOnFrom = (present: OrganizationSettings, keep: boolean) => {
    setBase(present);
    queryClient.setQueryData(organizationQuery.queryKey, present);
    form.setValues({ ...valuesOf(present), ...(keep ? (mine as Partial<SettingsValues>) : {}) });
    form.clearErrors();
  };

  return (
    <form onSubmit={onSubmit} noValidate className={classes.form}>
      <fieldset disabled={!mayChange} style={{ all: 'unset', display: 'contents' }}>
        <SettingsFields form={form} mayChange={mayChange} />
      </fieldset>
      {conflict ? (
        <ConflictNotice
          before={valuesOf(base)}
          theirs={valuesOf(conflict)}
          onKeep={() => goOnFrom(conflict, true)}
          onDiscard={() => goOnFrom(conflict, false)}
        />
      ) : (
        current === undefined && <FormFailure {...failure} />
      )}
      {changed.length > 0 && !conflict && (
        <div className={classes.bar}>
          <span className={classes.unsaved}>{t('organization.unsaved', { count: changed.length })}</span>
          <Button variant="default" onClick={() => goOnFrom(settings, false)}>
            {t('organization.discard')}
          </Button>
          <Button type="submit" loading={submitting}>
            {t('ui.save')}
          </Button>
        </div>
      )}
    </form>
  );
}
