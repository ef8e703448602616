import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { writeConfigReference } from '../../scripts/write-config-reference.ts';
import { ConfigError, loadConfig } from './config.ts';
import { keepSecret } from './keep-secret.ts';

function faultsOf(env: Record<string, string>): string[] {
  try {
    loadConfig(env);
    return [];
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
}

const publicly = { HOST: '0.0.0.0', ROLLCALL_PUBLIC_URL: 'https://people.example.com' };

it('runs on nothing but defaults', () => {
  expect(loadConfig({})).toMatchObject({
    port: 3000,
    host: '127.0.0.1',
    publicUrl: 'http://localhost:3000',
    databaseUrl: undefined,
    secrets: [],
    firstOrganization: undefined,
    logLevel: 'info',
  });
});

it('takes a variable that is set to nothing as not set', () => {
  expect(loadConfig({ PORT: '', DATABASE_URL: ' ' })).toMatchObject({ port: 3000, databaseUrl: undefined });
});

it('tells all faults at once, those between variables too', () => {
  const faults = faultsOf({
    PORT: 'http',
    SMTP_URL: 'mail.example.com',
    ROLLCALL_SECRET: 'short',
    HOST: '0.0.0.0',
  });
  expect(faults.map((fault) => fault.split(' ')[0])).toEqual([
    'PORT',
    'ROLLCALL_SECRET',
    'SMTP_URL',
    'MAIL_FROM',
    'HOST',
  ]);
});

it.each([
  ['a port that does not exist', { PORT: '70000' }, /^PORT must be a port number/],
  [
    'a database that is no PostgreSQL',
    { DATABASE_URL: 'mysql://db/x' },
    /^DATABASE_URL must be a URL that begins with postgres/,
  ],
  [
    'a way past a pooler that is not named',
    { DATABASE_DIRECT_URL: 'postgres://db/x' },
    /^DATABASE_URL must be set where DATABASE_DIRECT_URL is/,
  ],
  [
    'plain http for others',
    { ROLLCALL_PUBLIC_URL: 'http://people.example.com' },
    /^ROLLCALL_PUBLIC_URL must begin with https/,
  ],
  [
    'a public URL with a path',
    { ROLLCALL_PUBLIC_URL: 'https://example.com/people' },
    /^ROLLCALL_PUBLIC_URL must have no path/,
  ],
  [
    'an address for others without TLS',
    { HOST: '0.0.0.0' },
    /^HOST is 0\.0\.0\.0.*ROLLCALL_PUBLIC_URL must be set/,
  ],
  ['a short secret', { ROLLCALL_SECRET: 'x'.repeat(31) }, /^ROLLCALL_SECRET must have at least 32/],
  ['a previous secret alone', { ROLLCALL_SECRET_PREVIOUS: 'x'.repeat(32) }, /^ROLLCALL_SECRET must be set/],
  [
    'a proxy by name',
    { ROLLCALL_TRUSTED_PROXIES: 'proxy.local' },
    /^ROLLCALL_TRUSTED_PROXIES must be a list of IP/,
  ],
  ['a range that is too long', { ROLLCALL_TRUSTED_PROXIES: '10.0.0.0/33' }, /^ROLLCALL_TRUSTED_PROXIES/],
  ['mail without a sender', { SMTP_URL: 'smtp://mail' }, /^MAIL_FROM must be set/],
  ['a sender without an address', { MAIL_FROM: 'Rollcall' }, /^MAIL_FROM must be an address/],
  ['a DKIM key that is not there', { MAIL_DKIM_KEY_FILE: '/nowhere' }, /^MAIL_DKIM_KEY_FILE names a file/],
  [
    'an organization without its administrator',
    { ROLLCALL_ORGANIZATION: 'Acme' },
    /^ROLLCALL_ADMIN_EMAIL and ROLLCALL_ADMIN_PASSWORD must be set too/,
  ],
  ['a level that does not exist', { ROLLCALL_LOG_LEVEL: 'loud' }, /^ROLLCALL_LOG_LEVEL must be one of/],
])('refuses %s and names the remedy', (_, env, fault) => {
  expect(faultsOf(env as Record<string, string>)).toEqual(
    expect.arrayContaining([expect.stringMatching(fault)]),
  );
});

it('accepts what a server behind a proxy sets', () => {
  const config = loadConfig({
    ...publicly,
    ROLLCALL_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
    ROLLCALL_SECRET: 'n'.repeat(32),
    ROLLCALL_SECRET_PREVIOUS: 'o'.repeat(32),
    SMTP_URL: 'smtps://user:word@mail.example.com',
    MAIL_FROM: 'Rollcall <rollcall@example.com>',
  });
  expect(config.publicUrl).toBe('https://people.example.com');
  expect(config.trustedProxies).toEqual(['10.0.0.0/8', '::1']);
  expect(config.secrets).toEqual(['n'.repeat(32), 'o'.repeat(32)]);
});

it('makes a secret once, for its owner alone to read', () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-secret-'));
  const first = keepSecret(dataDir);
  expect(first[0]?.length).toBeGreaterThanOrEqual(32);
  expect(keepSecret(dataDir)).toEqual(first);
  expect(statSync(join(dataDir, 'secret')).mode & 0o777).toBe(0o600);
  rmSync(dataDir, { recursive: true });
});

it('is described in the documentation as it is', () => {
  const path = join(import.meta.dirname, '../../docs/configuration.md');
  const written = readFileSync(path, 'utf8');
  expect(writeConfigReference(written), 'run: node scripts/write-config-reference.ts').toBe(written);
});
