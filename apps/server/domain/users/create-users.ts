import { normaliseSignInName } from '@rollcall/contract/person-fields';
import type { Warning } from '@rollcall/contract/users';
import { AppError } from '../../platform/errors.ts';
import { insertRoleAssignments } from '../access/assign-roles.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { createInvitations } from '../invitations/create-invitations.ts';
import { type CheckedUser, checkNewUser } from './check-new-user.ts';
import { equipNewUsers, holdNumbers } from './equip-new-users.ts';
import { explainClashes } from './explain-clashes.ts';
import { insertUsers } from './insert-users.ts';
import type { CreateOutcome, NewUser } from './new-user.ts';
import { type FoundReferences, resolveReferences } from './resolve-references.ts';

/** How often a number of the pool may turn out to be taken before somebody goes without an extension. */
const mostAttempts = 4;

/**
 * Adds users, as many as are given, in a handful of statements: the API, imports and identity providers all come
 * here. A row that cannot be added hides or stops none of the others.
 * @returns one outcome an input, in its order
 * @throws AppError `forbidden` without `users:create`; lesser rights (giving a role, groups) are refused row by row
 */
export async function createUsers(ctx: Context, inputs: readonly NewUser[]): Promise<CreateOutcome[]> {
  requirePermission(ctx, 'users:create');
  const numberIds = inputs.flatMap((input) => input.numberIds ?? []);
  await holdNumbers(ctx, numberIds);
  const found = await resolveReferences(ctx, {
    roles: inputs.map((input) => input.role),
    groupIds: inputs.flatMap((input) => input.groupIds ?? []),
    userIds: inputs.flatMap((input) => input.managerId ?? []),
    numberIds: [...numberIds, ...inputs.flatMap((input) => input.defaultNumberId ?? [])],
    emailKeys: inputs.flatMap((input) => (input.email ? normaliseSignInName(input.email) : [])),
  });
  const claimed = new Set<string>();
  const candidates = inputs.map((input) => checkNewUser(ctx, input, found, claimed));
  const checked = candidates.filter((candidate) => !(candidate instanceof AppError));
  const { extensions, refused } = await insertWithExtensions(ctx, checked);
  const created = checked.filter(({ id }) => extensions.has(id));
  // None of these waits for another, so they share their way to the database.
  await Promise.all([
    insertRoleAssignments(
      ctx,
      created.map(({ id, role }) => ({ userId: id, roleId: role.id })),
    ),
    equipNewUsers(ctx, created, found),
    appendAuditEvents(
      ctx,
      created.map((user) => ({
        action: 'user.created',
        target: { kind: 'user', id: user.id, name: user.name },
        after: describe(user, extensions.get(user.id)!, found),
      })),
    ),
    inviteUsers(
      ctx,
      created.filter(({ status, input }) => status === 'invited' && input.invite !== false),
    ),
  ]);
  const warningsOf = warnings(found);
  return candidates.map((candidate) => {
    if (candidate instanceof AppError) return { ok: false, error: candidate };
    const error = refused.get(candidate.id);
    if (error) return { ok: false, error };
    const extension = extensions.get(candidate.id)!;
    const { id, input, signInName, status } = candidate;
    const { firstName, lastName, email = null } = input;
    return {
      ok: true,
      user: {
        id,
        firstName,
        lastName,
        email,
        signInName,
        status,
        extension,
        warnings: warningsOf(candidate, extension),
      },
    };
  });
}

/** Inserts; whoever wanted any free extension and met somebody who had just taken theirs tries again with the next. */
async function insertWithExtensions(ctx: Context, users: readonly CheckedUser[]) {
  const extensions = new Map<string, string | null>();
  const refused = new Map<string, AppError>();
  let waiting = users;
  for (let attempt = 1; waiting.length > 0; attempt++) {
    for (const [id, extension] of await insertUsers(ctx, waiting)) extensions.set(id, extension);
    const missing = waiting.filter(({ id }) => !extensions.has(id));
    if (missing.length === 0) break;
    const reasons = await explainClashes(ctx, missing);
    for (const [id, error] of reasons) if (error) refused.set(id, error);
    waiting = missing
      .filter(({ id }) => !refused.has(id))
      .map((user) => (attempt < mostAttempts ? user : { ...user, extension: user.extension ?? null }));
    if (attempt > mostAttempts) {
      for (const { id } of waiting) refused.set(id, new AppError('try_again'));
      break;
    }
  }
  return { extensions, refused };
}

/** Who has no address is not invited, which a warning tells; a link can be handed over to them. */
async function inviteUsers(ctx: Context, users: readonly CheckedUser[]): Promise<void> {
  const invitees = users.flatMap(({ id, input, signInName }) => {
    const { firstName, lastName, email, locale = null, timeZone = null } = input;
    return email ? [{ userId: id, email, firstName, lastName, signInName, locale, timeZone }] : [];
  });
  await createInvitations(ctx, invitees, { first: true });
}

/** Two of one set may share an address as well, so it is told from what stands there after the insertion. */
function warnings(found: FoundReferences) {
  const firstInSet = new Map<string, string>();
  return ({ emailKey, input, name, extension: wanted }: CheckedUser, given: string | null): Warning[] => {
    const list: Warning[] = [];
    const holder = emailKey === null ? undefined : found.emailHolders.get(emailKey);
    const sharedWith = holder
      ? holder.count > 1
        ? `${holder.name} and ${holder.count - 1} more`
        : holder.name
      : emailKey && firstInSet.get(emailKey);
    if (emailKey) firstInSet.set(emailKey, firstInSet.get(emailKey) ?? name);
    if (sharedWith) {
      list.push({
        code: 'email_shared',
        field: 'email',
        message: `${input.email} is also the address of ${sharedWith}. Nothing will be linked by it.`,
      });
    }
    if (!input.email && input.invite !== false) {
      const message = `${name} has no e-mail address, so no invitation goes out. Enter one, or copy the invitation link and hand it over.`;
      list.push({ code: 'not_invited', field: 'email', message });
    }
    if (wanted === undefined && given === null) {
      list.push({
        code: 'no_free_extension',
        field: 'extension',
        message: `No extension was given: all from ${found.extensionFrom} to ${found.extensionTo} are taken. Widen the range in the organization’s settings.`,
      });
    }
    return list;
  };
}

function describe({ input, ...user }: CheckedUser, extension: string | null, found: FoundReferences): object {
  const { invite: _, groupIds, numberIds, ...fields } = input;
  return {
    ...fields,
    signInName: user.signInName,
    status: user.status,
    role: user.role.name,
    extension,
    groups: groupIds?.map((id) => found.groups.get(id)),
    numbers: numberIds?.map((id) => found.numbers.get(id)?.e164),
  };
}
