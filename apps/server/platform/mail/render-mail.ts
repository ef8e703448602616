import { Eta } from 'eta';
import type { MailContent, MailLanguage } from './mail-content.ts';

const eta = new Eta({ views: import.meta.dirname, cache: true, autoEscape: true });
const plain = new Eta({ views: import.meta.dirname, cache: true, autoEscape: false });

const layoutWords = {
  en: {
    linkHint: 'If the button does not work, copy this address into your browser:',
    sentBy: (sender: string) => `Sent by Rollcall for ${sender}.`,
  },
  de: {
    linkHint: 'Falls die Schaltfläche nicht funktioniert, kopieren Sie diese Adresse in Ihren Browser:',
    sentBy: (sender: string) => `Gesendet von Rollcall für ${sender}.`,
  },
};

export interface RenderedMail {
  subject: string;
  html: string;
  text: string;
}

/**
 * Sets a mail in its layout, as HTML for Outlook, Gmail and the rest (tables, inline styles, light and dark)
 * and as text. Every value is escaped; line breaks and characters that turn the direction of writing are
 * taken out, because names are written by strangers.
 *
 * @throws TypeError if the action's address is not http or https
 */
export function renderMail(content: MailContent, language: MailLanguage): RenderedMail {
  const { action } = content;
  if (action && !/^https?:$/.test(new URL(action.url).protocol)) {
    throw new TypeError(`a mail can only link to http and https, not to ${action.url}`);
  }
  const words = layoutWords[language];
  const mail = {
    language,
    subject: tame(content.subject),
    preview: tame(content.preview),
    sender: tame(content.sender),
    heading: tame(content.heading),
    paragraphs: content.paragraphs.map(tame),
    facts: content.facts.map(([label, value]) => ({ label: tame(label), value: tame(value) })),
    action: action && { label: tame(action.label), url: new URL(action.url).href },
    notes: content.notes.map(tame),
    reason: tame(content.reason),
    linkHint: words.linkHint,
    sentBy: tame(words.sentBy(content.sender)),
  };
  return {
    subject: mail.subject,
    html: eta.render('./layout.html.eta', mail),
    text: plain.render('./layout.text.eta', mail),
  };
}

/** Takes out control characters and bidirectional marks, with which a name could imitate the mail's own text. */
function tame(value: string): string {
  return value
    .replace(/[\p{Cc}\u2028\u2029]+/gu, ' ')
    .replace(/[\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]/g, '')
    .trim();
}
