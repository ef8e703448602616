import { type AppError, invalidField } from '../../platform/errors.ts';
import { type AddressGuard, RefusedAddress } from '../../platform/network/address-guard.ts';

/** What is wrong with an address by its own looks. @throws AppError `invalid_input` for `url` */
export function requireWellFormedAddress(text: string): URL {
  if (!URL.canParse(text))
    throw fault('The address is not a URL.', 'Enter one such as https://example.com/hook.');
  const url = new URL(text);
  if (!url.hostname) throw fault('The address names no host.', 'Enter one such as https://example.com/hook.');
  if (url.username || url.password)
    throw fault(
      'The address contains a user name or password.',
      'Leave it out: requests are signed instead.',
    );
  if (url.hash) throw fault('The address contains a “#” part.', 'Leave it out: it is never sent.');
  if (url.protocol.startsWith('syslog') && url.pathname.length > 1)
    throw fault('The address of a syslog collector has no path.', 'Enter host and port alone.');
  return url;
}

/**
 * Looks the host up and says now what would otherwise be found at the first delivery, where it is checked again.
 * A network call: made outside of any transaction.
 * @throws AppError `invalid_input` for `url`
 */
export async function requireReachableAddress(guard: AddressGuard, text: string): Promise<void> {
  const url = requireWellFormedAddress(text);
  const addresses = await guard.resolve(url.hostname).catch((error: Error) => {
    if (error instanceof RefusedAddress)
      throw fault(
        `${error.message}.`,
        'Enter a public one, or ask the operator to open that network (ROLLCALL_PRIVATE_NETWORKS).',
      );
    throw fault(`The host ${url.hostname} cannot be found.`, 'Check its spelling.');
  });
  if (url.protocol === 'http:' && !addresses.every(guard.isOpened))
    throw fault('The address must begin with https://.', 'Without TLS others could read along.');
}

function fault(message: string, remedy: string): AppError {
  return invalidField('url', message, remedy);
}
