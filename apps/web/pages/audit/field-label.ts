import type { TFunction } from 'i18next';

/** A field as people call it where there is a word for it; otherwise its name taken apart: `createdAt` → "Created at". */
export function fieldLabel(t: TFunction, field: string): string {
  const words = field.replaceAll(/([a-z])([A-Z])|[_.]+/g, '$1 $2').toLowerCase();
  const plain = words.charAt(0).toUpperCase() + words.slice(1);
  return t(`imports.field.${field}` as 'imports.field.email', { defaultValue: plain });
}
