import { z } from 'zod';
import { ianaTimeZone } from './person-fields.ts';
import { organizationName } from './setup.ts';

/** The languages that the dashboard and the mails have. */
export const languages = ['en', 'de'] as const;
export const language = z.enum(languages, { error: 'Choose one of the languages: en, de.' });

/** GET /organization; ETag is `"v<version>"`. */
export const organizationSettings = z
  .object({
    id: z.uuid(),
    name: z.string(),
    timeZone: z.string(),
    language: z.string(),
    defaultCountry: z.string().nullable(),
    sessionIdleMinutes: z.number().int(),
    sessionAbsoluteHours: z.number().int(),
    reasonRequired: z.boolean(),
    extensionFrom: z.number().int(),
    extensionTo: z.number().int(),
    logo: z.string().nullable(),
    createdAt: z.iso.datetime({ offset: true }),
    version: z.number().int(),
  })
  .meta({ id: 'Organization' });

const whole = (what: string, min: number, max: number, unit: string) => {
  const error = `${what} must be a whole number from ${min} to ${max}${unit}.`;
  return z.number({ error }).int({ error }).min(min, { error }).max(max, { error });
};

/** PATCH /organization with If-Match. Shorter session limits act at once, also on sessions that are open. */
export const updateOrganizationInput = z
  .strictObject({
    name: organizationName,
    timeZone: ianaTimeZone,
    language,
    defaultCountry: z
      .string()
      .regex(/^[A-Z]{2}$/, { error: 'Enter the country by its two letters, such as DE.' })
      .nullable(),
    sessionIdleMinutes: whole('The idle limit', 5, 43_200, ' minutes'),
    sessionAbsoluteHours: whole('The longest session', 1, 2160, ' hours'),
    reasonRequired: z.boolean(),
    extensionFrom: whole('The first extension', 100, 9_999_999, ''),
    extensionTo: whole('The last extension', 100, 9_999_999, ''),
  })
  .partial()
  .meta({ id: 'UpdateOrganization' });

/** PUT /organization/logo: the image itself as the body, with one of these as its Content-Type. */
export const logoMediaTypes = ['image/png', 'image/jpeg', 'image/webp'] as const;
export const logoMaxBytes = 262_144;
/** What PUT /organization/logo answers. */
export const logoResult = z.object({ logo: z.string() }).meta({ id: 'Logo' });

export type LogoMediaType = (typeof logoMediaTypes)[number];
export type OrganizationSettings = z.infer<typeof organizationSettings>;
export type UpdateOrganizationInput = z.infer<typeof updateOrganizationInput>;
