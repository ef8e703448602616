import type { TFunction } from 'i18next';

/** A field of the API as people call it; one of the organization's own keeps its name. */
export function fieldName(t: TFunction, field: string): string {
  if (field.startsWith('customFields.')) return field.slice('customFields.'.length);
  return t(`imports.field.${field}` as 'imports.field.email', { defaultValue: field });
}
