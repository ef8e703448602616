import { sql } from 'kysely';
import type { Actor } from '../domain/context.ts';
import { issueInvitations } from '../domain/invitations/create-invitations.ts';
import { createOrganization } from '../domain/organizations/create-organization.ts';
import { unwrap } from '../domain/outcome.ts';
import { createUsers } from '../domain/users/create-users.ts';
import { newId } from '../platform/ids.ts';
import type { Deps } from './deps.ts';
import { asOwner, type OrganizationToCreate } from './set-up-installation.ts';

/**
 * One more organization by the operator, whose first administrator chooses a password by a link. It is answered and
 * not mailed: whoever runs this command hands it over.
 */
export async function createInvitedOrganization(
  deps: Deps,
  actor: Actor,
  input: Omit<OrganizationToCreate, 'password'>,
): Promise<{ organizationId: string; userId: string; link: string; expiresAt: string }> {
  const organizationId = newId();
  return asOwner(deps, { organizationId, actor, requestId: newId() }, async (ctx) => {
    await sql`
      select set_config('rollcall.organization_id', ${organizationId}, true),
        set_config('rollcall.now', ${ctx.now.toISOString()}, true)`.execute(ctx.tx);
    await createOrganization(ctx, {
      name: input.name,
      ...(input.timeZone ? { timeZone: input.timeZone } : {}),
      ...(input.language ? { language: input.language } : {}),
    });
    const { firstName = '', lastName = '', email } = input;
    const { user } = unwrap(
      await createUsers(ctx, [{ firstName, lastName, email, role: 'administrator', invite: false }]),
    );
    const [issued] = await issueInvitations(ctx, [{ ...user, userId: user.id }], 'link');
    return {
      organizationId,
      userId: user.id,
      link: issued!.link,
      expiresAt: issued!.expiresAt.toISOString(),
    };
  });
}
