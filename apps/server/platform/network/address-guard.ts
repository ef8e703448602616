import { lookup as lookupName } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Which addresses a connection to a place that a customer named may go to. */
export interface AddressGuard {
  permits(address: string): boolean;
  /** Whether an address lies in a network that the operator has opened. */
  isOpened(address: string): boolean;
  /**
   * The addresses that a host name (or a literal address) has now and that are permitted.
   * @throws RefusedAddress if none is, or the resolver's error
   */
  resolve(host: string): Promise<string[]>;
  /** For `connect`: the check is made on the very address that is connected to, whatever the name said before. */
  lookup: LookupFunction;
}

export class RefusedAddress extends Error {
  constructor(host: string) {
    super(`${host} is an address in a private or reserved network`);
    this.name = 'RefusedAddress';
  }
}

// The IPv4 ranges of RFC 6890 and its updates that are not of the public Internet; 169.254/16 has the metadata services.
const reserved = rangesOf([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
]);
// Of IPv6 only global unicast is public, without what tunnels to IPv4 (Teredo, 6to4) and what is for documentation.
const global6 = rangesOf(['2000::/3']);
const reserved6 = rangesOf(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']);

/** `opened`: addresses and CIDR ranges of private networks that the operator allows. */
export function createAddressGuard(opened: readonly string[]): AddressGuard {
  const allowed = rangesOf(opened);
  const isOpened = (address: string) => contains(allowed, address);
  const permits = (address: string) => {
    if (isOpened(address)) return true;
    if (isIP(address) === 4) return !contains(reserved, address);
    return contains(global6, address) && !contains(reserved6, address);
  };
  const resolve = (host: string) =>
    new Promise<string[]>((done, fail) => {
      const literal = host.replace(/^\[(.*)\]$/, '$1');
      lookupName(literal, { all: true }, (error, found) => {
        if (error) return fail(error);
        const addresses = found.map(({ address }) => address).filter(permits);
        return addresses.length > 0 ? done(addresses) : fail(new RefusedAddress(host));
      });
    });
  const lookup: LookupFunction = (host, options, callback) => {
    resolve(host).then(
      (addresses) => {
        const found = addresses.map((address) => ({ address, family: isIP(address) }));
        if (options.all) callback(null, found);
        else callback(null, found[0]!.address, found[0]!.family);
      },
      (error: NodeJS.ErrnoException) => callback(error, ''),
    );
  };
  return { permits, isOpened, resolve, lookup };
}

function rangesOf(ranges: readonly string[]): BlockList {
  const list = new BlockList();
  for (const range of ranges) {
    const [address = '', prefix] = range.split('/');
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4';
    if (prefix === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(prefix), family);
  }
  return list;
}

function contains(list: BlockList, address: string): boolean {
  return list.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}
