import { type Attachment, simpleParser } from 'mailparser';
import { type RecipientReport, readRecipientReports } from './read-recipient-reports.ts';

/** What a message from the bounce mailbox turned out to be. */
export type Bounce =
  | {
      kind: RecipientReport['kind'];
      /** Of the mail that it is about, with angle brackets, as the reporting server returned it. */
      messageId: string;
      /** The address it was sent to, in the sender's spelling where the report gives that. */
      recipient: string;
      /** RFC 3463, such as 5.1.1. */
      status: string;
      /** The remote server's words, or what the status means where it gave none. */
      reason: string;
    }
  | { kind: 'not_a_report'; why: string };

/** The largest message that is looked at, in bytes: far more than a mail of ours with a report around it. */
export const bounceSizeLimit = 1024 * 1024;

const reportTypes = ['message/delivery-status', 'message/global-delivery-status'];
const returnedTypes = ['message/rfc822', 'text/rfc822-headers', 'message/global', 'message/global-headers'];

/**
 * Reads a raw message as a delivery status notification (RFC 3464). Only a well-formed report counts: the
 * outermost part is a multipart/report of type delivery-status, its second part the report, its third the
 * returned mail or its headers (or else the report's Original-Envelope-Id is a Message-ID). Auto-replies,
 * forwarded reports and whatever merely looks like a bounce are `not_a_report`. Never throws.
 *
 * It does not prove who wrote the report. What does is that the Message-ID holds a secret which only the
 * mail's way knew (`createMessageId`): look it up, and compare the recipient too.
 */
export async function readBounce(raw: Buffer): Promise<Bounce> {
  if (raw.length > bounceSizeLimit) return notAReport(`the message is larger than ${bounceSizeLimit} bytes`);
  try {
    const mail = await simpleParser(raw, {
      keepDeliveryStatus: true,
      ignoreEmbedded: true,
      skipHtmlToText: true,
      skipTextToHtml: true,
      skipImageLinks: true,
      keepCidLinks: true,
      checksumAlgo: false,
      maxChildNodes: 50,
      maxHeadSize: 64 * 1024,
    });
    const type = mail.headers.get('content-type') as
      | { value?: string; params?: Record<string, string> }
      | undefined;
    if (type?.value?.toLowerCase() !== 'multipart/report') return notAReport('it is not a multipart/report');
    if (type.params?.['report-type']?.toLowerCase() !== 'delivery-status') {
      return notAReport('it reports something else than a delivery');
    }
    // RFC 3464 §2: a report is sent with the null return path, so that nothing answers it.
    const returnPath = mail.headerLines.find(({ key }) => key === 'return-path')?.line;
    if (returnPath && !/^return-path:\s*<\s*>\s*$/i.test(returnPath))
      return notAReport('it has a return path');
    return readParts(mail.attachments);
  } catch (error) {
    return notAReport(error instanceof Error ? error.message : 'it cannot be read');
  }
}

function readParts(parts: Attachment[]): Bounce {
  const reports = parts.filter((part) => reportTypes.includes(part.contentType));
  const [report] = reports;
  // RFC 6522 §3: the machine-readable part is the second, the returned message the third.
  if (!report || reports.length > 1 || report.partId !== '2')
    return notAReport('its second part is not the report');
  const found = readRecipientReports(report.content.toString('utf8'));
  if ('why' in found) return notAReport(found.why);
  const returned = parts.find((part) => part.partId === '3' && returnedTypes.includes(part.contentType));
  const messageId = returned ? readMessageIdHeader(returned.content) : bracket(found.envelopeId);
  if (!messageId) return notAReport('it does not say which mail it is about');
  return { ...found.recipient, messageId };
}

/** The Message-ID of a returned mail; undefined if there is none or more than one. */
function readMessageIdHeader(returned: Buffer): string | undefined {
  const headers = returned
    .toString('latin1')
    .split(/\r?\n\r?\n/, 1)[0]!
    .replace(/\r?\n[ \t]+/g, ' ');
  const found = headers.split(/\r?\n/).filter((line) => /^message-id:/i.test(line));
  return found.length === 1 ? bracket(found[0]!.slice('message-id:'.length)) : undefined;
}

function bracket(value: string | undefined): string | undefined {
  const bare = value?.trim().replace(/^<|>$/g, '');
  return bare && bare.length <= 500 && /^[^\s<>@]+@[^\s<>@]+$/.test(bare) ? `<${bare}>` : undefined;
}

function notAReport(why: string): Bounce {
  return { kind: 'not_a_report', why };
}
