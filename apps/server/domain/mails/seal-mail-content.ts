import type { Context } from '../context.ts';

export const mailPurpose = (mailId: string) => `mail:${mailId}`;

/** Encrypts what a mail says; bound to the mail's id, so that no other row can carry it. */
export function sealMailContent(ctx: Context, mailId: string, values: object): Buffer {
  return ctx.installation.encryption.seal(JSON.stringify(values), mailPurpose(mailId));
}

export function openMailContent(ctx: Context, mailId: string, sealed: Buffer): Record<string, unknown> {
  return JSON.parse(ctx.installation.encryption.open(sealed, mailPurpose(mailId)).toString('utf8'));
}
