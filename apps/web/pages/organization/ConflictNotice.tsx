import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/Notice.tsx';
import classes from './organization.module.css';
import { changedFields, type SettingsField, type SettingsValues } from './settings-values.ts';

interface ConflictNoticeProps {
  before: SettingsValues;
  theirs: SettingsValues;
  /** Take theirs over, with one's own changes on top, to look at again and save. */
  onKeep: () => void;
  onDiscard: () => void;
}

/** Somebody else was faster: what they changed, and how to go on. */
export function ConflictNotice({ before, theirs, onKeep, onDiscard }: ConflictNoticeProps) {
  const { t } = useTranslation();
  const changes = Object.entries(changedFields(before, theirs)) as [SettingsField, unknown][];
  const inWords = (value: unknown) =>
    typeof value === 'boolean' ? t(value ? 'organization.yes' : 'organization.no') : String(value ?? '–');
  return (
    <Notice
      tone="warn"
      role="alert"
      title={t('organization.conflict.title')}
      action={
        <>
          <Button variant="default" size="compact-sm" onClick={onDiscard} mr={8}>
            {t('organization.conflict.discard')}
          </Button>
          <Button variant="default" size="compact-sm" onClick={onKeep}>
            {t('organization.conflict.keep')}
          </Button>
        </>
      }
    >
      {changes.length === 0 ? (
        t('organization.conflict.nothing')
      ) : (
        <>
          {t('organization.conflict.theirs')}
          <ul className={classes.theirs}>
            {changes.map(([field, value]) => (
              <li key={field}>
                {t(`organization.fields.${field}`)}: {inWords(before[field])} → {inWords(value)}
              </li>
            ))}
          </ul>
        </>
      )}
    </Notice>
  );
}
