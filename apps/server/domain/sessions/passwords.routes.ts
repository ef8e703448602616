import { idParams } from '@rollcall/contract/paging';
import {
  accepted,
  changeEmailInput,
  changePasswordInput,
  completePasswordResetInput,
  confirmEmailInput,
  confirmedEmail,
  requestPasswordResetInput,
} from '@rollcall/contract/sessions';
import { z } from 'zod';
import { asCaller, forCaller, requireNoOtherOrigin } from '../../edge/authenticate-request.ts';
import { asVisitor } from '../../edge/browser-sessions.ts';
import { requestPasswordReset, resetPassword } from '../../edge/reset-password.ts';
import type { Routes } from '../../edge/routes.ts';
import { sessionCookie } from '../../edge/session-cookies.ts';
import { verifyOwnPassword } from '../../edge/verify-own-password.ts';
import { AppError, invalidField } from '../../platform/errors.ts';
import { hashPassword } from '../../platform/password-hash.ts';
import { readSecret } from '../../platform/secrets.ts';
import { requirePermission } from '../access/require-permission.ts';
import { confirmEmailChange, requestEmailChange } from './change-email.ts';
import { changePassword, sendPasswordReset } from './change-password.ts';
import { requireStrongPassword } from './check-password.ts';
import { readAccount } from './read-account.ts';
import { requireUser } from './require-user.ts';
import { linkNotValid } from './user-links.ts';

const tags = ['Sign-in'];
const nothing = z.undefined();

/** Forgotten and changed passwords, changed addresses. */
export const passwordRoutes: Routes = (api, deps) => {
  api.post(
    '/password-resets',
    {
      schema: {
        summary: 'Ask for a link to choose a new password',
        tags,
        security: [],
        body: requestPasswordResetInput,
        response: { 202: accepted },
      },
    },
    async (request, reply) => {
      requireNoOtherOrigin(deps, request);
      await requestPasswordReset(deps, request, (request.body.signInName ?? request.body.email)!);
      reply.code(202);
      return { message: 'If there is an account of that name, a link is on its way to its e-mail address.' };
    },
  );

  api.post(
    '/password-resets/complete',
    {
      schema: {
        summary: 'Choose a new password by the link',
        tags,
        security: [],
        body: completePasswordResetInput,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      requireNoOtherOrigin(deps, request);
      await resetPassword(deps, request, request.body);
      reply.code(204);
    },
  );

  api.post(
    '/users/:id/password-reset',
    {
      schema: {
        summary: 'Send a user a link to choose a new password',
        tags,
        params: idParams,
        response: { 202: accepted },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        requirePermission(ctx, 'users:update');
        await requireUser(ctx, request.params.id);
        const account = (await readAccount(ctx, request.params.id))!;
        const startedBy = ctx.actor.kind === 'anonymous' ? undefined : ctx.actor.name;
        if (!(await sendPasswordReset(ctx, account, startedBy))) {
          throw new AppError('wrong_status', {
            detail: `${account.name} cannot sign in at present (${account.status}) or has no e-mail address. Invite or reactivate them, or add the address.`,
          });
        }
        reply.code(202);
        return { message: `A link is on its way to ${account.email}.` };
      }),
  );

  api.post(
    '/me/password',
    {
      schema: {
        summary: 'Change one’s own password',
        tags,
        body: changePasswordInput,
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      const { currentPassword, newPassword } = request.body;
      const account = await verifyOwnPassword(deps, request, currentPassword);
      if (newPassword === currentPassword)
        throw invalidField('newPassword', 'This is your present password.', 'Choose another one.');
      await requireStrongPassword(newPassword, account, 'newPassword');
      const newHash = await hashPassword(newPassword);
      const session = await asCaller(deps, request, (ctx) => changePassword(ctx, account, newHash));
      sessionCookie.write(deps.installation.publicUrl, reply, session.secret, session.expiresAt);
      reply.code(204);
    },
  );

  api.post(
    '/me/email',
    {
      schema: {
        summary: 'Ask for a change of one’s own e-mail address',
        tags,
        body: changeEmailInput,
        response: { 202: accepted },
      },
    },
    async (request, reply) => {
      const { currentPassword, email } = request.body;
      const account = await verifyOwnPassword(deps, request, currentPassword);
      if (email === account.email) throw invalidField('email', 'This is your present address.');
      await asCaller(deps, request, (ctx) => requestEmailChange(ctx, account, email));
      reply.code(202);
      return { message: `A link is on its way to ${email}. The address changes when you open it.` };
    },
  );

  api.post(
    '/email-changes/complete',
    {
      schema: {
        summary: 'Confirm a new e-mail address by the link',
        tags,
        security: [],
        body: confirmEmailInput,
        response: { 200: confirmedEmail },
      },
    },
    async (request) => {
      requireNoOtherOrigin(deps, request);
      const link = readSecret('rcl', request.body.token);
      if (!link) throw linkNotValid();
      return {
        email: await asVisitor(deps, request, link.organizationId, (ctx) =>
          confirmEmailChange(ctx, link.hash),
        ),
      };
    },
  );
};
