import { z } from 'zod';
import { instant } from './paging.ts';
import {
  calendarDate,
  emailAddress,
  extension,
  ianaTimeZone,
  lineOfText,
  locale,
  personName,
  phoneNumberE164,
  signInName,
} from './person-fields.ts';

/** `scheduled`: the start date is still to come; `invited`: has not accepted yet. SCIM's `active` is neither of `inactive`. */
export const userStatuses = ['scheduled', 'invited', 'active', 'inactive'] as const;
export const userStatus = z.enum(userStatuses);
export type UserStatus = (typeof userStatuses)[number];

/** Where an invitation stands, as everybody can see it. */
export const invitationStates = [
  'queued',
  'sent',
  'refused',
  'bounced',
  'visited',
  'accepted',
  'expired',
  'revoked',
] as const;
export const invitationState = z.enum(invitationStates);

export const availabilities = ['online', 'offline', 'away'] as const;
export const availability = z.enum(availabilities);

/** A role by the key of a built-in one or by its id. */
export const roleReference = z
  .union([z.enum(['administrator', 'agent']), z.uuid()], {
    error: 'Enter “administrator”, “agent” or the id of a role.',
  })
  .meta({ examples: ['agent'] });

const department = lineOfText('The department', 200);
const title = lineOfText('The title', 200);
const site = lineOfText('The site', 200);
const costCenter = lineOfText('The cost centre', 200);
const externalId = lineOfText('The external id', 400);
const phoneNumbers = z
  .array(phoneNumberE164)
  .max(10, { error: 'A person has at most 10 phone numbers. Remove some.' });
const customFieldName = lineOfText('The name of a custom field', 64);
const customFieldValue = lineOfText('A custom field', 500);
const customFields = z.record(customFieldName, customFieldValue);
const idList = (max: number) => z.array(z.uuid()).max(max);

/**
 * Adds an agent. `extension`: `auto` gives the lowest free one of the organization's range, null gives none.
 * `startDate` in the future makes a scheduled user who is invited on that day. With `copyFrom`, role, groups,
 * department, site, cost centre, language and time zone come from that user where they are left out here.
 */
export const createUserInput = z
  .strictObject({
    firstName: personName,
    lastName: personName,
    email: emailAddress,
    role: roleReference.optional(),
    signInName: signInName.optional(),
    groupIds: idList(100).optional(),
    extension: z
      .union([z.literal('auto'), extension])
      .nullable()
      .default('auto'),
    phoneNumbers: phoneNumbers.optional(),
    numberIds: idList(20).optional(),
    defaultNumberId: z.uuid().nullish(),
    department: department.nullish(),
    title: title.nullish(),
    managerId: z.uuid().nullish(),
    site: site.nullish(),
    costCenter: costCenter.nullish(),
    customFields: customFields.optional(),
    locale: locale.nullish(),
    timeZone: ianaTimeZone.nullish(),
    externalId: externalId.nullish(),
    startDate: calendarDate.nullish(),
    lastDay: calendarDate.nullish(),
    invite: z.boolean().default(true),
    copyFrom: z.uuid().optional(),
  })
  .check((payload) => {
    const { role, copyFrom } = payload.value;
    if (role === undefined && copyFrom === undefined) {
      payload.issues.push({
        code: 'custom',
        input: role,
        path: ['role'],
        message: 'Choose a role: “agent” or “administrator”.',
      });
    }
  })
  .meta({ id: 'CreateUser' });

/** What a change worked out differently from what somebody may expect; never a failure. `field` may be null. */
export const warning = z
  .object({ code: z.string(), field: z.string().nullable(), message: z.string() })
  .meta({ id: 'Warning' });

export const createdUser = z
  .object({
    id: z.uuid(),
    firstName: z.string(),
    lastName: z.string(),
    email: z.string().nullable(),
    signInName: z.string(),
    status: userStatus,
    extension: z.string().nullable(),
    warnings: z.array(warning),
  })
  .meta({ id: 'CreatedUser' });

/** Partial: what is left out stays. null empties a field. `customFields` are merged: a null value removes one. */
export const updateUserInput = z
  .strictObject({
    firstName: personName,
    lastName: personName,
    email: emailAddress.nullable(),
    signInName,
    extension: z.union([z.literal('auto'), extension]).nullable(),
    phoneNumbers,
    defaultNumberId: z.uuid().nullable(),
    department: department.nullable(),
    title: title.nullable(),
    managerId: z.uuid().nullable(),
    site: site.nullable(),
    costCenter: costCenter.nullable(),
    customFields: z.record(customFieldName, customFieldValue.nullable()),
    locale: locale.nullable(),
    timeZone: ianaTimeZone.nullable(),
    externalId: externalId.nullable(),
    startDate: calendarDate.nullable(),
    lastDay: calendarDate.nullable(),
  })
  .partial()
  .meta({ id: 'UpdateUser' });

export const roleOfUser = z
  .object({
    id: z.uuid(),
    key: z.enum(['administrator', 'agent']).nullable(),
    name: z.string(),
    /** An instant if the role ends by itself. */
    until: instant.nullable(),
  })
  .meta({ id: 'RoleOfUser' });

export const namedReference = z.object({ id: z.uuid(), name: z.string() }).meta({ id: 'NamedReference' });
const numberReference = z
  .object({ id: z.uuid(), e164: z.string(), label: z.string() })
  .meta({ id: 'NumberReference' });

/** Everything about one user; its version is also the ETag (`"v<version>"`). */
export const userProfile = z
  .object({
    id: z.uuid(),
    version: z.number().int(),
    firstName: z.string(),
    lastName: z.string(),
    email: z.string().nullable(),
    signInName: z.string(),
    status: userStatus,
    roles: z.array(roleOfUser),
    groups: z.array(namedReference),
    extension: z.string().nullable(),
    phoneNumbers: z.array(z.string()),
    numbers: z.array(numberReference),
    defaultNumber: numberReference.nullable(),
    department: z.string().nullable(),
    title: z.string().nullable(),
    manager: namedReference.nullable(),
    directReports: z.number().int(),
    site: z.string().nullable(),
    costCenter: z.string().nullable(),
    customFields: z.record(z.string(), z.string()),
    locale: z.string().nullable(),
    timeZone: z.string().nullable(),
    externalId: z.string().nullable(),
    startDate: z.string().nullable(),
    lastDay: z.string().nullable(),
    availability,
    awayReason: z.string().nullable(),
    availabilitySince: instant,
    invitationState: invitationState.nullable(),
    /** Has a password, and so a way to sign in. */
    hasPassword: z.boolean(),
    lastSeenAt: instant.nullable(),
    createdAt: instant,
    updatedAt: instant,
    acceptedAt: instant.nullable(),
    deactivatedAt: instant.nullable(),
    /** Of a change just made: what worked out differently from what somebody may expect. */
    warnings: z.array(warning).optional(),
  })
  .meta({ id: 'UserProfile' });

/** Replaces the roles that this user has in the whole organization by one. */
export const changeRoleInput = z
  .strictObject({
    role: roleReference,
    /** The reason or ticket; the header `rollcall-reason` does as well. */
    reason: lineOfText('The reason', 500).optional(),
  })
  .meta({ id: 'ChangeRole' });

export const setAvailabilityInput = z
  .strictObject({ availability, awayReason: lineOfText('The reason', 200).nullish() })
  .check((payload) => {
    if (payload.value.awayReason && payload.value.availability !== 'away') {
      payload.issues.push({
        code: 'custom',
        input: payload.value.awayReason,
        path: ['awayReason'],
        message: 'A reason belongs to being away only. Leave it out.',
      });
    }
  })
  .meta({ id: 'SetAvailability' });

export const availabilityView = z
  .object({ availability, awayReason: z.string().nullable(), availabilitySince: instant })
  .meta({ id: 'Availability' });

/** “Why can’t this person sign in?”: findings in the order in which they matter, each with what to do. */
export const signInDiagnosis = z
  .object({
    canSignIn: z.boolean(),
    findings: z.array(
      z.object({
        code: z.string(),
        blocking: z.boolean(),
        message: z.string(),
        remedy: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'SignInDiagnosis' });

/** `at`: a day (its end, in the organization’s time zone) or an instant; without it, all periods, latest first. */
export const userHistoryQuery = z.strictObject({ at: z.union([z.iso.date(), instant]).optional() });

const period = { validFrom: instant, validTo: instant.nullable() };

export const userHistory = z
  .object({
    periods: z.array(
      z.object({
        ...period,
        firstName: z.string(),
        lastName: z.string(),
        signInName: z.string(),
        email: z.string().nullable(),
        status: userStatus,
        department: z.string().nullable(),
        title: z.string().nullable(),
        manager: namedReference.nullable(),
        site: z.string().nullable(),
        costCenter: z.string().nullable(),
      }),
    ),
    roles: z.array(z.object({ ...period, id: z.uuid(), name: z.string() })),
    groups: z.array(z.object({ ...period, id: z.uuid(), name: z.string() })),
  })
  .meta({ id: 'UserHistory' });

export type CreateUserInput = z.output<typeof createUserInput>;
export type CreatedUser = z.infer<typeof createdUser>;
export type UpdateUserInput = z.output<typeof updateUserInput>;
export type UserProfile = z.infer<typeof userProfile>;
export type Warning = z.infer<typeof warning>;
export type RoleReference = z.infer<typeof roleReference>;
export type SignInDiagnosis = z.infer<typeof signInDiagnosis>;
export type UserHistory = z.infer<typeof userHistory>;
