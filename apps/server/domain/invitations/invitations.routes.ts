import {
  acceptInvitationInput,
  invitationHistory,
  invitationLink,
  invitationOffer,
  invitationPage,
  invitationToken,
  invitationView,
  listInvitationsQuery,
} from '@rollcall/contract/invitations';
import { idParams } from '@rollcall/contract/paging';
import { signInResult } from '@rollcall/contract/sessions';
import { z } from 'zod';
import { forCaller, requireNoOtherOrigin } from '../../edge/authenticate-request.ts';
import { writeBrowserSessions } from '../../edge/browser-sessions.ts';
import { acceptByLink, withInvitationLink } from '../../edge/invitation-links.ts';
import type { Routes } from '../../edge/routes.ts';
import { unwrap } from '../outcome.ts';
import { findInvitation, offerOf } from './find-invitation.ts';
import { listInvitations, listInvitationsOfUser, readInvitation } from './list-invitations.ts';
import { copyInvitationLink, resendInvitations } from './resend-invitations.ts';
import { visitInvitation } from './visit-invitation.ts';
import { revokeInvitations } from './void-invitations.ts';

const tags = ['Invitations'];

export const invitationRoutes: Routes = (api, deps) => {
  api.get(
    '/invitations',
    {
      schema: {
        summary: 'List the current invitation of each agent, or the stuck ones with the reason',
        tags,
        querystring: listInvitationsQuery,
        response: { 200: invitationPage },
      },
    },
    (request, reply) => forCaller(deps, request, reply, (ctx) => listInvitations(ctx, request.query)),
  );
  api.get(
    '/users/:id/invitations',
    {
      schema: {
        summary: 'An agent’s invitations',
        tags,
        params: idParams,
        response: { 200: invitationHistory },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, (ctx) => listInvitationsOfUser(ctx, request.params.id)),
  );
  api.post(
    '/users/:id/invitation',
    {
      schema: {
        summary: 'Send a new invitation, in the place of the one before',
        tags,
        params: idParams,
        response: { 201: invitationView },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const { id } = request.params;
        const { invitationId } = unwrap(await resendInvitations(ctx, [id]));
        reply.code(201).header('location', `/api/v1/users/${id}/invitations`);
        return readInvitation(ctx, invitationId);
      }),
  );
  api.delete(
    '/users/:id/invitation',
    {
      schema: {
        summary: 'Revoke the open invitation',
        tags,
        params: idParams,
        response: { 204: z.undefined() },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        unwrap(await revokeInvitations(ctx, [request.params.id]));
        reply.code(204);
      }),
  );
  api.post(
    '/users/:id/invitation/link',
    {
      schema: {
        summary: 'Make a new link to hand over; the one before stops working',
        tags,
        params: idParams,
        response: { 201: invitationLink },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const { link, expiresAt } = await copyInvitationLink(ctx, request.params.id);
        reply.code(201).header('location', `/api/v1/users/${request.params.id}/invitations`);
        return { link, expiresAt: expiresAt.toISOString() };
      }),
  );
  api.post(
    '/invitations/read',
    {
      schema: {
        summary: 'What the page for accepting shows; changes nothing',
        tags,
        security: [],
        body: invitationToken,
        response: { 200: invitationOffer },
      },
    },
    (request) =>
      withInvitationLink(deps, request, request.body.token, async (ctx, hash) =>
        offerOf(await findInvitation(ctx, hash)),
      ),
  );
  api.post(
    '/invitations/visit',
    {
      schema: {
        summary: 'Note that the link was opened',
        tags,
        security: [],
        body: invitationToken,
        response: { 204: z.undefined() },
      },
    },
    async (request, reply) => {
      requireNoOtherOrigin(deps, request);
      await withInvitationLink(deps, request, request.body.token, visitInvitation);
      reply.code(204);
    },
  );
  api.post(
    '/invitations/accept',
    {
      schema: {
        summary: 'Accept an invitation: choose name, password and time zone, and sign in',
        tags,
        security: [],
        body: acceptInvitationInput,
        response: { 200: signInResult },
      },
    },
    async (request, reply) => {
      requireNoOtherOrigin(deps, request);
      const sessions = await acceptByLink(deps, request, request.body);
      writeBrowserSessions(deps, reply, sessions);
      return {
        organizations: sessions.map(({ organization }, index) => ({ ...organization, current: index === 0 })),
      };
    },
  );
};
