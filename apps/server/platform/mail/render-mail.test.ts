import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chooseMailLanguage, type MailContent, sayDay, sayInstant } from './mail-content.ts';
import { renderMail } from './render-mail.ts';

const content: MailContent = {
  subject: 'Subject',
  preview: 'Preview',
  sender: 'Acme',
  heading: 'Heading',
  paragraphs: ['First', 'Second'],
  facts: [['Label', 'Value']],
  action: { label: 'Do it', url: 'https://people.example.com/a?b=1&c=2' },
  notes: ['Note'],
  reason: 'Because',
};

describe('a rendered mail', () => {
  it('says the same in HTML and text, the address of its link as text too', () => {
    const { html, text } = renderMail(content, 'en');
    for (const words of [
      'Heading',
      'First',
      'Second',
      'Label',
      'Value',
      'Do it',
      'Note',
      'Because',
      'Acme',
    ]) {
      expect(html).toContain(words);
      expect(text).toContain(words);
    }
    expect(html.match(/>https:\/\/people\.example\.com\/a\?b=1&amp;c=2</g)).toHaveLength(1);
    expect(text).toContain('\nhttps://people.example.com/a?b=1&c=2\n');
  });

  it('leaves out what is not there', () => {
    const { html, text } = renderMail({ ...content, facts: [], notes: [], action: undefined as never }, 'de');
    expect(html).not.toContain('<a ');
    expect(html).toContain('lang="de"');
    expect(text).not.toContain('undefined');
  });

  it('loads nothing from outside', () => {
    expect(renderMail(content, 'en').html).not.toMatch(/<img|<link|<script|url\(|@import|src=/);
  });

  it('lets no value become markup, a second line or a change of writing direction', () => {
    const hostile = fc.oneof(
      fc.constantFrom(
        '<script>x</script>',
        '"><img src=x>',
        "'onload='",
        '<%= 1 %>',
        '&lt;',
        'a\r\nBcc: b',
        '\u202etxt',
      ),
      fc.string({ unit: 'binary' }),
    );
    const plain = renderMail({ ...content, action: undefined as never }, 'en').html;
    const tags = (html: string) => html.match(/<[^>]*>/g)!.length;
    fc.assert(
      fc.property(hostile, (value) => {
        const filled = renderMail(
          {
            ...content,
            action: undefined as never,
            subject: value,
            heading: value,
            facts: [[value, value]],
            paragraphs: [value, value],
            notes: [value],
          },
          'en',
        );
        expect(tags(filled.html)).toBe(tags(plain));
        expect(filled.subject).not.toMatch(/[\p{Cc}\u202e\u2066]/u);
      }),
    );
  });

  it.each(['javascript:alert(1)', 'data:text/html,x'])('does not link to %s', (url) => {
    expect(() => renderMail({ ...content, action: { label: 'x', url } }, 'en')).toThrow(TypeError);
  });
});

describe('words for time', () => {
  it.each([
    ['en', 'Europe/Berlin', 'Tuesday, 1 December 2026, 00:30 CET'],
    ['de', 'Europe/Berlin', 'Dienstag, 1. Dezember 2026, 00:30 Uhr MEZ'],
    ['en', 'UTC', 'Monday, 30 November 2026, 23:30 UTC'],
  ] as const)('in %s, %s', (language, zone, words) => {
    expect(sayInstant('2026-11-30T23:30:00Z', language, zone)).toBe(words);
  });

  it('say a calendar day without shifting it', () => {
    expect(sayDay('2026-12-01', 'de')).toBe('Dienstag, 1. Dezember 2026');
  });

  it.each([
    ['de-AT', 'de'],
    ['DE', 'de'],
    ['den', 'en'],
    ['fr', 'en'],
    [null, 'en'],
  ] as const)('language of %s is %s', (locale, language) =>
    expect(chooseMailLanguage(locale)).toBe(language),
  );
});
