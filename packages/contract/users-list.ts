import { z } from 'zod';
import { instant, pageQuery } from './paging.ts';
import { availability, invitationState, roleOfUser, userStatus } from './users.ts';

/** In a query string a list is the parameter repeated; one alone is a list of one. */
const listOf = <T extends z.ZodType>(item: T) =>
  z.union([z.array(item), item.transform((one) => [one] as z.output<T>[])]);

/** What was typed, without what PostgreSQL could not take as text. */
const typed = z
  .string()
  .max(200)
  .overwrite((text) => text.toWellFormed().replaceAll('\0', ''));

/** What narrows the list of users; the same for the list, its count, its export and bulk actions. */
const filters = {
  /**
   * Words that must all be in name, sign-in name, e-mail, extension, department or title: any part of it, or its
   * beginning where a word has one or two letters. Case and accents do not count.
   */
  search: typed.optional(),
  status: listOf(userStatus).optional(),
  roleId: z.uuid().optional(),
  groupId: z.uuid().optional(),
  invitationState: listOf(invitationState).optional(),
  /** The whole department; case and accents do not count. */
  department: typed.optional(),
};

export const userFilters = z.strictObject(filters).meta({ id: 'UserFilters' });
/** The same in a query string, whose schema has no name of its own in OpenAPI. */
export const countUsersQuery = z.strictObject(filters);

export const userSorts = ['name', 'signInName', 'department', 'status', 'createdAt'] as const;
const order = {
  sort: z.enum(userSorts).default('name'),
  direction: z.enum(['asc', 'desc']).default('asc'),
};

export const listUsersQuery = z.strictObject({ ...pageQuery.shape, ...filters, ...order });

/** The columns that the list and its export know, in the order in which they are shown unless told otherwise. */
export const userColumns = [
  'firstName',
  'lastName',
  'email',
  'signInName',
  'status',
  'roles',
  'groups',
  'extension',
  'department',
  'title',
  'site',
  'costCenter',
  'availability',
  'invitationState',
  'startDate',
  'lastDay',
  'lastSeenAt',
  'createdAt',
] as const;

export const exportUsersQuery = z.strictObject({
  ...filters,
  ...order,
  columns: listOf(z.enum(userColumns)).optional(),
});

/** One line of the list. `groups` holds the first five names; `groupCount` counts them all. */
export const userRow = z
  .object({
    id: z.uuid(),
    version: z.number().int(),
    firstName: z.string(),
    lastName: z.string(),
    email: z.string().nullable(),
    signInName: z.string(),
    status: userStatus,
    roles: z.array(roleOfUser.omit({ until: true })),
    groups: z.array(z.object({ id: z.uuid(), name: z.string() })),
    groupCount: z.number().int(),
    extension: z.string().nullable(),
    department: z.string().nullable(),
    title: z.string().nullable(),
    site: z.string().nullable(),
    costCenter: z.string().nullable(),
    availability,
    awayReason: z.string().nullable(),
    invitationState: invitationState.nullable(),
    startDate: z.string().nullable(),
    lastDay: z.string().nullable(),
    lastSeenAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: 'UserRow' });

/** GET /users/departments. */
export const departmentList = z.object({ items: z.array(z.string()) });

export const userCount = z.object({ count: z.number().int() });

export type UserFilters = z.output<typeof userFilters>;
export type ListUsersQuery = z.output<typeof listUsersQuery>;
export type ExportUsersQuery = z.output<typeof exportUsersQuery>;
export type UserColumn = (typeof userColumns)[number];
export type UserRow = z.infer<typeof userRow>;
