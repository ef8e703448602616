import { expect, test } from 'vitest';
import { createAddressGuard, RefusedAddress } from './address-guard.ts';

const guard = createAddressGuard([]);

test.each([
  '127.0.0.1',
  '10.1.2.3',
  '172.31.255.255',
  '192.168.0.1',
  '169.254.169.254',
  '100.64.0.1',
  '0.0.0.0',
  '224.0.0.1',
  '255.255.255.255',
  '::1',
  '::',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::ffff:8.8.8.8',
  '64:ff9b::7f00:1',
  'fe80::1',
  'fd00:ec2::254',
  'fc00::1',
  'ff02::1',
  '2002:7f00:1::',
  '2001:0:7f00:1::',
  '2001:db8::1',
])('%s is not of the public Internet', (address) => expect(guard.permits(address)).toBe(false));

test.each(['1.1.1.1', '93.184.216.34', '172.32.0.1', '2606:4700:4700::1111', '2a00:1450:4001::1'])(
  '%s is',
  (address) => expect(guard.permits(address)).toBe(true),
);

test('refuses a name, whatever way it is written, that leads to a private address', async () => {
  for (const host of ['localhost', '127.0.0.1', '[::1]', '0x7f.1', '2130706433', '017700000001'])
    await expect(guard.resolve(host)).rejects.toBeInstanceOf(RefusedAddress);
});

test('lets through what the operator has opened, and that alone', async () => {
  const opened = createAddressGuard(['127.0.0.0/8', 'fd00::/8']);
  expect(await opened.resolve('127.0.0.1')).toEqual(['127.0.0.1']);
  expect(opened.permits('fd12::1')).toBe(true);
  expect(opened.permits('10.0.0.1')).toBe(false);
});
