const address = /^[^\s<>()[\]:;,"\\@\p{Cc}]{1,64}@[^\s<>()[\]:;,"\\@\p{Cc}]{1,253}$/u;

/**
 * Reads one mailbox, `Name <user@host>` or `user@host` (RFC 5322 §3.4), and nothing more: no list, no group,
 * no comment, no quoted local part, no control character. Undefined if it is anything else.
 */
export function readMailbox(value: string): { name: string; address: string; domain: string } | undefined {
  const [, quoted, plain, bracketed] =
    /^\s*(?:"([^"\\\p{Cc}]*)"|([^<>"\p{Cc}]*?))\s*<([^<>]*)>\s*$/u.exec(value) ?? [];
  const found = bracketed ?? value.trim();
  if (!address.test(found)) return undefined;
  return {
    name: quoted ?? plain ?? '',
    address: found,
    domain: found.slice(found.indexOf('@') + 1).toLowerCase(),
  };
}
