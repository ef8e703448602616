import { MultiSelect, Radio, Stack } from '@mantine/core';
import { type AuditAction, auditActionNames } from '@rollcall/contract/audit-actions';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';

interface EventsFieldProps {
  /** Empty for all. */
  value: AuditAction[];
  onChange: (actions: AuditAction[]) => void;
  error?: string | undefined;
}

/** Everything, or only some events by name. */
export function EventsField({ value, onChange, error }: EventsFieldProps) {
  const { t } = useTranslation();
  const [some, setSome] = useState(value.length > 0);
  const actions = useMemo(() => {
    const groups = Map.groupBy(auditActionNames, (name) => name.slice(0, name.indexOf('.')));
    return [...groups].map(([group, names]) => ({
      group: t(`audit.group.${group}` as 'audit.group.user'),
      items: names.map((name) => ({ value: name as string, label: t(`auditActions.${name}`) })),
    }));
  }, [t]);
  return (
    <Stack gap={8}>
      <Radio.Group
        label={t('webhooks.columns.events')}
        value={some ? 'some' : 'all'}
        onChange={(chosen) => {
          setSome(chosen === 'some');
          if (chosen === 'all') onChange([]);
        }}
      >
        <Stack gap={8} mt={6}>
          <Radio size="xs" value="all" label={t('webhooks.events.all')} />
          <Radio size="xs" value="some" label={t('webhooks.events.some')} />
        </Stack>
      </Radio.Group>
      {some && (
        <MultiSelect
          aria-label={t('webhooks.events.some')}
          placeholder={value.length === 0 ? t('webhooks.events.choose') : undefined}
          data={actions}
          value={value}
          searchable
          error={error}
          onChange={(chosen) => onChange(chosen as AuditAction[])}
        />
      )}
    </Stack>
  );
}
