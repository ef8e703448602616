import { emailChangeConfirm, emailChangedNotice } from './templates/email-change.ts';
import { invitation, invitationReminder } from './templates/invitation.ts';
import { passwordChanged, passwordReset } from './templates/password.ts';
import { startDay } from './templates/start-day.ts';
import { testMail } from './templates/test-mail.ts';

/** Every mail that Rollcall sends, by the name under which the outbox keeps it. Values are plain JSON. */
export const mailTemplates = {
  invitation,
  'invitation-reminder': invitationReminder,
  'start-day': startDay,
  'password-reset': passwordReset,
  'password-changed': passwordChanged,
  'email-change-confirm': emailChangeConfirm,
  'email-changed-notice': emailChangedNotice,
  'test-mail': testMail,
};

export type MailTemplateName = keyof typeof mailTemplates;

/** What a template of that name needs. */
export type MailValues<Name extends MailTemplateName> = Parameters<(typeof mailTemplates)[Name]['en']>[0];
