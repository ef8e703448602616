import { existsSync, readFileSync } from 'node:fs';
import { BlockList, isIP } from 'node:net';
import { resolve } from 'node:path';
import { passwordLength } from '@rollcall/contract/sessions';
import { z } from 'zod';

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/;

const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number from 0 to 65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'must be a port number from 0 to 65535');

const urlOf = (...protocols: string[]) =>
  z
    .string()
    .refine(
      (value) => URL.canParse(value) && protocols.includes(new URL(value).protocol),
      `must be a URL that begins with ${protocols.map((protocol) => `${protocol}//`).join(' or ')}`,
    );

const proxies = z
  .string()
  .transform((value) => value.split(/[\s,]+/).filter(Boolean))
  .refine(
    (list) => list.every(isAddressOrRange),
    'must be a list of IP addresses or ranges, such as 10.0.0.0/8, ::1',
  );

const secret = z.string().min(32, 'must have at least 32 characters; make one with: openssl rand -base64 48');

const mailbox = z
  .string()
  .regex(
    /^(?:[^<>]*<[^<>\s@]+@[^<>\s@]+>|[^<>\s@]+@[^<>\s@]+)$/,
    'must be an address, such as "Rollcall <rollcall@example.com>"',
  );

const readable = z
  .string()
  .refine((path) => existsSync(path), 'names a file that does not exist or cannot be read');

/** Every variable that Rollcall reads. The descriptions are the reference in docs/configuration.md. */
export const variables = {
  PORT: port.default(3000).describe('Port to listen on.'),
  HOST: z
    .string()
    .default('127.0.0.1')
    .describe('Address to listen on. Other than loopback only with an https public URL.'),
  ROLLCALL_PUBLIC_URL: urlOf('http:', 'https:')
    .refine(
      (value) => new URL(value).pathname === '/' && !/[?#]/.test(value),
      'must have no path: Rollcall wants a host name of its own',
    )
    .refine(
      (value) => new URL(value).protocol === 'https:' || LOOPBACK.test(new URL(value).hostname),
      'must begin with https://: plain http is for loopback only, put a reverse proxy with TLS in front',
    )
    .transform((value) => new URL(value).origin)
    .optional()
    .describe(
      'Address that people open, used in links and for cookies. `http://localhost:<PORT>` unless set.',
    ),
  ROLLCALL_DATA_DIR: z
    .string()
    .default('./data')
    .describe('Folder for the embedded database and the secret.'),
  DATABASE_URL: urlOf('postgres:', 'postgresql:')
    .optional()
    .describe('PostgreSQL 15 or newer to use instead of the embedded one.'),
  DATABASE_DIRECT_URL: urlOf('postgres:', 'postgresql:')
    .optional()
    .describe(
      'The same database past the pooler, where `DATABASE_URL` leads to one: for migrations, backups, and hearing whose access ends.',
    ),
  ROLLCALL_SECRET: secret
    .optional()
    .describe(
      'Encrypts what must be read back and seals the audit. Made and kept in the data folder unless set; set it where several nodes share a database.',
    ),
  ROLLCALL_SECRET_PREVIOUS: secret
    .optional()
    .describe('The secret before the present one, while it is being rotated.'),
  ROLLCALL_TRUSTED_PROXIES: proxies
    .optional()
    .describe(
      'IP addresses and ranges of reverse proxies, separated by commas, whose `X-Forwarded-For` is believed.',
    ),
  ROLLCALL_PRIVATE_NETWORKS: proxies
    .optional()
    .describe(
      'IP addresses and ranges of private networks, separated by commas, that webhooks and syslog streams may reach. None unless set: whoever manages webhooks could otherwise look around in the network of the server.',
    ),
  SMTP_URL: urlOf('smtp:', 'smtps:')
    .optional()
    .describe(
      'Mail server, such as `smtps://user:password@mail.example.com`. Without it mails are kept and shown in Settings → E-mail.',
    ),
  MAIL_FROM: mailbox.optional().describe('Sender of every mail, such as `Rollcall <rollcall@example.com>`.'),
  MAIL_BOUNCES_TO: mailbox
    .optional()
    .describe('Address that mail servers send bounces to; `MAIL_FROM` unless set.'),
  MAIL_BOUNCES_URL: urlOf('imap:', 'imaps:')
    .optional()
    .describe('Mailbox to read bounces from, such as `imaps://user:password@mail.example.com/INBOX`.'),
  MAIL_DKIM_DOMAIN: z.string().optional().describe('Domain that mails are signed for with DKIM.'),
  MAIL_DKIM_SELECTOR: z.string().optional().describe('Selector of the DKIM key in the DNS.'),
  MAIL_DKIM_KEY_FILE: readable.optional().describe('File with the RSA private key for DKIM, in PEM.'),
  ROLLCALL_ORGANIZATION: z
    .string()
    .max(200)
    .optional()
    .describe('Name of the first organization, set up without the link where there is none yet.'),
  ROLLCALL_ADMIN_EMAIL: z
    .email('must be an e-mail address')
    .optional()
    .describe('E-mail address of its first administrator.'),
  ROLLCALL_ADMIN_PASSWORD: z
    .string()
    .min(passwordLength.minimum, `must have at least ${passwordLength.minimum} characters`)
    .optional()
    .describe('Password of its first administrator.'),
  ROLLCALL_METRICS_TOKEN: secret
    .optional()
    .describe(
      'Bearer token that lets a monitoring server elsewhere read `/metrics`; from this machine it needs none.',
    ),
  ROLLCALL_LOG_LEVEL: z
    .enum(
      ['fatal', 'error', 'warn', 'info', 'debug', 'trace'],
      'must be one of fatal, error, warn, info, debug, trace',
    )
    .default('info')
    .describe('How much is logged.'),
};

type Values = z.output<z.ZodObject<typeof variables>>;

/** What the server runs with; made by `loadConfig`, and nothing else reads the environment. */
export type Config = ReturnType<typeof arrange>;

/** Everything that is wrong with the environment, a line each, naming variable and remedy. */
export class ConfigError extends Error {
  readonly faults: string[];

  constructor(faults: string[]) {
    super(
      `The configuration has ${faults.length === 1 ? 'a fault' : `${faults.length} faults`}:\n${faults.map((fault) => `  ${fault}`).join('\n')}`,
    );
    this.faults = faults;
  }
}

/**
 * Reads the configuration. A variable that is set to nothing counts as not set.
 * @throws ConfigError with all faults at once.
 */
export function loadConfig(env: Record<string, string | undefined>): Config {
  const faults: string[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(variables)) {
    const read = schema.safeParse(env[name]?.trim() || undefined);
    if (read.success) values[name] = read.data;
    else faults.push(`${name} ${read.error.issues[0]?.message}`);
  }
  faults.push(...faultsBetween(values as Partial<Values>, (name) => Boolean(env[name]?.trim())));
  if (faults.length > 0) throw new ConfigError(faults);
  return arrange(values as Values);
}

function faultsBetween(values: Partial<Values>, isSet: (name: string) => boolean): string[] {
  const faults: string[] = [];
  const togetherOrNot = (...names: string[]) => {
    const missing = names.filter((name) => !isSet(name));
    if (missing.length > 0 && missing.length < names.length) {
      faults.push(`${missing.join(' and ')} must be set too: ${names.join(', ')} belong together`);
    }
  };
  togetherOrNot('ROLLCALL_ORGANIZATION', 'ROLLCALL_ADMIN_EMAIL', 'ROLLCALL_ADMIN_PASSWORD');
  togetherOrNot('MAIL_DKIM_DOMAIN', 'MAIL_DKIM_SELECTOR', 'MAIL_DKIM_KEY_FILE');
  if (isSet('DATABASE_DIRECT_URL') && !isSet('DATABASE_URL')) {
    faults.push('DATABASE_URL must be set where DATABASE_DIRECT_URL is');
  }
  if (isSet('SMTP_URL') && !isSet('MAIL_FROM')) faults.push('MAIL_FROM must be set where SMTP_URL is');
  if (isSet('ROLLCALL_SECRET_PREVIOUS') && !isSet('ROLLCALL_SECRET')) {
    faults.push('ROLLCALL_SECRET must be set where ROLLCALL_SECRET_PREVIOUS is');
  }
  if (
    values.HOST !== undefined &&
    !LOOPBACK.test(values.HOST) &&
    !isHttps(values.ROLLCALL_PUBLIC_URL, isSet)
  ) {
    faults.push(
      `HOST is ${values.HOST}, which others can reach, so ROLLCALL_PUBLIC_URL must be set to the https:// address ` +
        'of the reverse proxy in front; for this machine alone leave HOST at 127.0.0.1',
    );
  }
  return faults;
}

/** A public URL that has a fault of its own has been told; a second line about it would not help. */
function isHttps(publicUrl: string | undefined, isSet: (name: string) => boolean): boolean {
  return publicUrl === undefined ? isSet('ROLLCALL_PUBLIC_URL') : publicUrl.startsWith('https:');
}

function arrange(values: Values) {
  const { SMTP_URL: smtpUrl, MAIL_FROM: from, MAIL_DKIM_DOMAIN: domain } = values;
  return {
    port: values.PORT,
    host: values.HOST,
    publicUrl: values.ROLLCALL_PUBLIC_URL ?? `http://localhost:${values.PORT}`,
    dataDir: resolve(values.ROLLCALL_DATA_DIR),
    /** Absent: the embedded database. */
    databaseUrl: values.DATABASE_URL,
    /** Absent: `databaseUrl` leads to the database itself. */
    databaseDirectUrl: values.DATABASE_DIRECT_URL,
    /** The present one first; empty: `keepSecret` has it. */
    secrets: [values.ROLLCALL_SECRET, values.ROLLCALL_SECRET_PREVIOUS].filter((one) => one !== undefined),
    trustedProxies: values.ROLLCALL_TRUSTED_PROXIES ?? [],
    privateNetworks: values.ROLLCALL_PRIVATE_NETWORKS ?? [],
    mail: {
      smtpUrl,
      from,
      bouncesTo: values.MAIL_BOUNCES_TO,
      bouncesUrl: values.MAIL_BOUNCES_URL,
      dkim: domain && {
        domain,
        selector: values.MAIL_DKIM_SELECTOR ?? '',
        privateKey: readFileSync(values.MAIL_DKIM_KEY_FILE ?? '', 'utf8'),
      },
    },
    /** The organization to set up where there is none. */
    firstOrganization: values.ROLLCALL_ORGANIZATION
      ? {
          name: values.ROLLCALL_ORGANIZATION,
          email: values.ROLLCALL_ADMIN_EMAIL ?? '',
          password: values.ROLLCALL_ADMIN_PASSWORD ?? '',
        }
      : undefined,
    metricsToken: values.ROLLCALL_METRICS_TOKEN,
    logLevel: values.ROLLCALL_LOG_LEVEL,
  };
}

function isAddressOrRange(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  if (prefix === undefined) return true;
  try {
    new BlockList().addSubnet(address, Number(prefix), family === 4 ? 'ipv4' : 'ipv6');
    return /^\d{1,3}$/.test(prefix);
  } catch {
    return false;
  }
}
