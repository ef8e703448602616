import { useWindowEvent } from '@mantine/hooks';
import { useState } from 'react';

/**
 * The token of a link from a mail or a terminal. It stands in the fragment (`#token=…`), which a browser sends
 * to nobody: not to our server's log, not in a Referer.
 */
export function useLinkToken(): string | undefined {
  const [token, setToken] = useState(readToken);
  // A link that is pasted where its page is open already changes the fragment and loads nothing.
  useWindowEvent('hashchange', () => setToken((current) => readToken() ?? current));
  return token;
}

function readToken(): string | undefined {
  return new URLSearchParams(window.location.hash.slice(1)).get('token') ?? undefined;
}
