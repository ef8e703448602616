import { describe, expect, it } from 'vitest';
import type { MailContent } from '../../platform/mail/mail-content.ts';
import { renderMail } from '../../platform/mail/render-mail.ts';
import { mailTemplates } from './mail-templates.ts';

const values = {
  organizationName: 'Harbour & Hill',
  firstName: 'Ana',
  userName: 'ana@example.org',
  inviterName: 'Maria López',
  inviterEmail: 'maria@example.org',
  startedBy: 'Maria López',
  changedBy: 'Maria López',
  requestedBy: 'Maria López',
  newEmail: 'ana@new.example',
  link: 'https://people.example.com/x/abc',
  startDate: '2026-12-01',
  expiresAt: '2026-12-01T08:30:00Z',
  changedAt: '2026-12-01T08:30:00Z',
  requestedAt: '2026-12-01T08:30:00Z',
  timeZone: 'Europe/Berlin',
};
const { inviterName: _1, inviterEmail: _2, startedBy: _3, changedBy: _4, ...withoutPersons } = values;

describe.each(Object.entries(mailTemplates))('%s', (_name, template) => {
  const write = template as Record<'en' | 'de', (from: typeof withoutPersons) => MailContent>;

  it.each(['en', 'de'] as const)('names the organization and why the reader got it, in %s', (language) => {
    for (const from of [values, withoutPersons]) {
      const { subject, html, text } = renderMail(write[language](from), language);
      expect(subject).toContain('Harbour & Hill');
      expect(html).toContain('Harbour &amp; Hill');
      expect(text).toMatch(
        language === 'en' ? /You got this mail because/ : /Sie erhalten diese E-Mail, weil/,
      );
      expect(text + html).not.toMatch(/undefined|null|\[object/);
    }
  });

  it('says the same facts and the same number of things in both languages', () => {
    const [en, de] = [write.en(values), write.de(values)];
    for (const part of ['paragraphs', 'facts', 'notes'] as const)
      expect(de[part]).toHaveLength(en[part].length);
    expect(de.action?.url).toBe(en.action?.url);
    expect(JSON.stringify(en)).not.toBe(JSON.stringify(de));
  });
});

it.each(['invitation', 'invitation-reminder', 'password-reset', 'email-change-confirm'] as const)(
  '%s says until when its link works',
  (name) => {
    const { en, de } = mailTemplates[name];
    expect(renderMail(en(values), 'en').text).toContain('Valid until: Tuesday, 1 December 2026, 09:30 CET');
    expect(renderMail(de(values), 'de').text).toContain(
      'Gültig bis: Dienstag, 1. Dezember 2026, 09:30 Uhr MEZ',
    );
  },
);

it('the notice to the old address has no link', () => {
  expect(renderMail(mailTemplates['email-changed-notice'].en(values), 'en').html).not.toContain('<a ');
});
