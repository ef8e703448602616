/**
 * Reads a list of `tag=value` pairs with semicolons between them, as DKIM and DMARC records are written
 * (RFC 6376 §3.2). Tags in lower case; of a repeated tag the first counts.
 */
export function readTags(text: string): Map<string, string> {
  const tags = new Map<string, string>();
  for (const pair of text.split(';')) {
    const at = pair.indexOf('=');
    const tag = pair.slice(0, Math.max(at, 0)).trim().toLowerCase();
    if (tag && !tags.has(tag)) tags.set(tag, pair.slice(at + 1).trim());
  }
  return tags;
}
