import { Select, type SelectProps } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** The IANA time zone that this browser is set to. */
export const browserTimeZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** A time zone by its IANA name, searched as one types ("berlin", "new york"). */
export function TimeZoneField({
  hideLabel = false,
  ...props
}: Omit<SelectProps, 'data' | 'label'> & {
  /** Where the label stands beside it already; give an `aria-label` then. */
  hideLabel?: boolean;
}) {
  const { t } = useTranslation();
  const zones = useMemo(() => {
    const known = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', browserTimeZone()]);
    return [...known].sort().map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }));
  }, []);
  return (
    <Select
      {...props}
      label={hideLabel ? undefined : t('fields.timeZone')}
      data={zones}
      searchable
      limit={50}
      allowDeselect={false}
      nothingFoundMessage={t('fields.timeZoneNone')}
    />
  );
}
