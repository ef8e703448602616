/** What a delivery report says about a recipient (RFC 3464 §2.3). */
export interface RecipientReport {
  /** `delivered` also covers relayed and expanded: the mail left the reporting server in a good state. */
  kind: 'failed' | 'delayed' | 'delivered';
  recipient: string;
  status: string;
  reason: string;
}

const kinds: Record<string, RecipientReport['kind']> = {
  failed: 'failed',
  delayed: 'delayed',
  delivered: 'delivered',
  relayed: 'delivered',
  expanded: 'delivered',
};

/** Which classes of status (RFC 3463 §2) fit an action. A queue that gave up reports `failed` with a 4. */
const fitting = { failed: '45', delayed: '4', delivered: '2' };

/**
 * Reads the content of a message/delivery-status part: one group of fields about the message, then one for
 * each recipient. Of several recipients the one who fared worst is told, because a mail of ours has one, and
 * several stand for an address that was expanded on the way.
 */
export function readRecipientReports(
  text: string,
): { recipient: RecipientReport; envelopeId: string | undefined } | { why: string } {
  const [message, ...recipients] = readGroups(text);
  if (!message?.get('reporting-mta')) return { why: 'the report does not name the server that reports' };
  if (recipients.length === 0) return { why: 'the report names no recipient' };
  const reports = recipients.map(readRecipient);
  const worst = (['failed', 'delayed', 'delivered'] as const).flatMap((kind) =>
    reports.filter((report) => report?.kind === kind),
  )[0];
  if (!worst || reports.includes(undefined)) return { why: 'the report on a recipient is not well-formed' };
  return { recipient: worst, envelopeId: message.get('original-envelope-id') };
}

function readRecipient(fields: Map<string, string>): RecipientReport | undefined {
  const kind = kinds[fields.get('action')?.toLowerCase() ?? ''];
  const status = /^[245]\.\d{1,3}\.\d{1,3}/.exec(fields.get('status') ?? '')?.[0];
  const recipient = afterType(fields.get('original-recipient')) ?? afterType(fields.get('final-recipient'));
  if (!kind || !status || !recipient?.includes('@') || !fields.has('final-recipient')) return undefined;
  if (!fitting[kind].includes(status[0]!)) return undefined;
  const diagnostic = afterType(fields.get('diagnostic-code'))?.slice(0, 500);
  return {
    kind,
    recipient: recipient.replace(/^<|>$/g, ''),
    status,
    reason: diagnostic || meaningOf(status),
  };
}

/** The value of a field of the form `type; value` (RFC 3464 §2.1.2). */
function afterType(field: string | undefined): string | undefined {
  const at = field?.indexOf(';') ?? -1;
  return at < 0 ? undefined : field!.slice(at + 1).trim() || undefined;
}

/** Groups of fields, unfolded, with the names in lower case; a field given twice keeps its first value. */
function readGroups(text: string): Map<string, string>[] {
  const groups: Map<string, string>[] = [];
  for (const block of text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n/)) {
    const group = new Map<string, string>();
    for (const line of block.replace(/\n[ \t]+/g, ' ').split('\n')) {
      const colon = line.indexOf(':');
      const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
      if (name && !group.has(name))
        group.set(
          name,
          line
            .slice(colon + 1)
            .replace(/[\p{Cc}\s]+/gu, ' ')
            .trim(),
        );
    }
    if (group.size > 0) groups.push(group);
  }
  return groups;
}

/** RFC 3463 §3, for servers that say nothing else. */
function meaningOf(status: string): string {
  const meanings: [RegExp, string][] = [
    [/\.1\.(1|10)$/, 'The address does not exist.'],
    [/\.1\.2$/, 'The domain of the address does not exist.'],
    [/\.2\.1$/, 'The mailbox is disabled.'],
    [/\.2\.2$/, 'The mailbox is full.'],
    [/\.4\.\d+$/, 'The mail server of the address could not be reached.'],
    [/\.7\.\d+$/, 'The mail server of the address refused the mail by its rules.'],
  ];
  return (
    meanings.find(([pattern]) => pattern.test(status))?.[1] ?? `The mail server gave the status ${status}.`
  );
}
