import { createInvitations } from '../domain/invitations/create-invitations.ts';
import { newId } from '../platform/ids.ts';
import type { TestOrganization } from './harness.ts';

let invited = 0;

/** A user who has been added and invited by mail, as the function that adds agents does it. */
export async function inviteTestUser(
  organization: TestOrganization,
  options: { email?: string; locale?: string; lastName?: string } = {},
): Promise<{ userId: string; email: string; invitationId: string }> {
  const { email = `invited${++invited}@example.com`, locale, lastName = 'Hopper' } = options;
  const userId = newId();
  const invitationId = await organization.context(async (ctx) => {
    await ctx.tx
      .insertInto('users')
      .values({
        organization_id: organization.id,
        id: userId,
        sign_in_name: email,
        sign_in_key: email.toLowerCase(),
        email,
        email_key: email.toLowerCase(),
        first_name: 'Grace',
        last_name: lastName,
        status: 'invited',
        ...(locale ? { locale } : {}),
      })
      .execute();
    const person = { userId, email, firstName: 'Grace', lastName, signInName: email };
    const [outcome] = await createInvitations(ctx, [{ ...person, ...(locale ? { locale } : {}) }]);
    if (!outcome?.ok) throw new Error('not invited');
    return outcome.invitationId!;
  });
  return { userId, email, invitationId };
}
