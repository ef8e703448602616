import { useState } from 'react';

/**
 * The token of a link from a mail or a terminal. It stands in the fragment (`#token=…`), which a browser sends
 * to nobody: not to our server's log, not in a Referer.
 */
export function useLinkToken(): string | undefined {
  const [token] = useState(
    () => new URLSearchParams(window.location.hash.slice(1)).get('token') ?? undefined,
  );
  return token;
}
