import {
  bounceResult,
  listMailsQuery,
  mailOverview,
  mailPage,
  mailRow,
  mailView,
  senderCheck,
  testMailInput,
} from '@rollcall/contract/mails';
import { idParams } from '@rollcall/contract/paging';
import type { FastifyRequest } from 'fastify';
import { asCaller, forCaller } from '../../edge/authenticate-request.ts';
import type { Routes } from '../../edge/routes.ts';
import { AppError } from '../../platform/errors.ts';
import { checkSenderDomain } from '../../platform/mail/check-sender-domain.ts';
import { bounceSizeLimit, readBounce } from '../../platform/mail/read-bounce.ts';
import { requirePermission } from '../access/require-permission.ts';
import { noteBounce } from '../invitations/note-bounce.ts';
import { listMails, summariseMails } from './list-mails.ts';
import { readMail } from './read-mail.ts';
import { sendTestMail } from './send-test-mail.ts';

const tags = ['Mail'];

export const mailRoutes: Routes = (api, deps) => {
  /** Before what takes its time outside of a transaction. */
  const requireMailManager = (request: FastifyRequest) =>
    asCaller(deps, request, async (ctx) => requirePermission(ctx, 'mail:manage'));

  api.get(
    '/mail',
    {
      schema: {
        summary: 'How mail goes out, and what has gone wrong',
        tags,
        response: { 200: mailOverview },
      },
    },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const { mail } = deps;
        return {
          configured: mail !== null,
          from: mail?.from ?? null,
          bouncesTo: mail?.bouncesTo ?? null,
          bounceMailbox: mail?.bouncesUrl !== undefined,
          dkim: mail?.dkim ? { domain: mail.dkim.domain, selector: mail.dkim.selector } : null,
          ...(await summariseMails(ctx)),
        };
      }),
  );
  api.get(
    '/mail/messages',
    {
      schema: {
        summary: 'List mails, those that are kept among them',
        tags,
        querystring: listMailsQuery,
        response: { 200: mailPage },
      },
    },
    (request, reply) => forCaller(deps, request, reply, (ctx) => listMails(ctx, request.query)),
  );
  api.get(
    '/mail/:id',
    { schema: { summary: 'A mail with its content', tags, params: idParams, response: { 200: mailView } } },
    (request, reply) => forCaller(deps, request, reply, (ctx) => readMail(ctx, request.params.id)),
  );
  api.post(
    '/mail/test',
    { schema: { summary: 'Send a test mail', tags, body: testMailInput, response: { 202: mailRow } } },
    (request, reply) =>
      forCaller(deps, request, reply, async (ctx) => {
        const row = await sendTestMail(ctx, request.body.to);
        reply.code(202).header('location', `/api/v1/mail/${row.id}`);
        return row;
      }),
  );
  api.post(
    '/mail/check',
    {
      schema: {
        summary: 'Check the SPF, DKIM and DMARC records of the sender’s domain',
        tags,
        response: { 200: senderCheck },
      },
    },
    async (request) => {
      await requireMailManager(request);
      if (!deps.mail) {
        throw new AppError('wrong_status', {
          detail: 'No mail server is configured, so there is no sender to check. Set SMTP_URL and MAIL_FROM.',
        });
      }
      const findings = await checkSenderDomain(deps.resolver, deps.mail);
      return { checkedAt: deps.clock().toISOString(), findings };
    },
  );
  api.register(async (scope) => {
    scope.addContentTypeParser(
      'message/rfc822',
      { parseAs: 'buffer', bodyLimit: bounceSizeLimit },
      (_request, body, done) => done(null, body),
    );
    scope.post(
      '/mail/bounces',
      {
        bodyLimit: bounceSizeLimit,
        schema: {
          summary: 'Report a bounce: the raw message (message/rfc822) that came to the return path',
          tags,
          consumes: ['message/rfc822'],
          response: { 200: bounceResult },
        },
      },
      async (request) => {
        await requireMailManager(request);
        const bounce = await readBounce(rawMessage(request.body));
        return asCaller(deps, request, (ctx) => noteBounce(ctx, bounce));
      },
    );
  });
};

function rawMessage(body: unknown): Buffer {
  if (Buffer.isBuffer(body)) return body;
  throw new AppError('unsupported_media_type', {
    detail: 'Send the bounce as it came, with the content type message/rfc822.',
  });
}
