import { createSocket } from 'node:dgram';
import net, { isIP } from 'node:net';
import tls from 'node:tls';
import { type AddressGuard, RefusedAddress } from './address-guard.ts';

export interface SyslogMessage {
  time: Date | string;
  host: string;
  /** At most 32 printable ASCII characters. */
  id: string;
  data: Record<string, string | number>;
  text: string;
  /** RFC 5424 §6.2.1: 4 warning, 5 notice. */
  severity: 4 | 5;
}

const logAudit = 13;
/** The enterprise number for documentation (RFC 5612): Rollcall has none of its own. */
const dataId = 'rollcall@32473';
const byteOrderMark = '\ufeff';

/** One message as RFC 5424 §6 writes it. */
export function formatSyslog({ time, host, id, data, text, severity }: SyslogMessage): string {
  const elements = Object.entries(data).map(
    ([name, value]) => ` ${name}="${String(value).replaceAll(/["\\\]]/g, '\\$&')}"`,
  );
  const at = typeof time === 'string' ? time : time.toISOString();
  return `<${logAudit * 8 + severity}>1 ${at} ${header(host, 255)} rollcall - ${header(id, 32)} [${dataId}${elements.join('')}] ${byteOrderMark}${text}`;
}

function header(value: string, length: number): string {
  return value.replaceAll(/[^\x21-\x7e]/g, '').slice(0, length) || '-';
}

/** Where a collector listens: `syslog+tls:` (RFC 5425), `syslog+tcp:` (RFC 6587) or `syslog+udp:` (RFC 5426). */
export async function sendSyslog(
  url: URL,
  messages: readonly string[],
  options: { guard: AddressGuard; timeout: number },
): Promise<void> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  if (isIP(host) && !options.guard.permits(host)) throw new RefusedAddress(host);
  if (url.protocol === 'syslog+udp:')
    return sendDatagrams(host, Number(url.port || 514), messages, options.guard);
  const secure = url.protocol === 'syslog+tls:';
  const port = Number(url.port || (secure ? 6514 : 601));
  const { lookup } = options.guard;
  const socket = secure
    ? tls.connect({ host, port, lookup, ...(isIP(host) ? {} : { servername: host }) })
    : net.connect({ host, port, lookup });
  // Octet counting (RFC 6587 §3.4.1): a line break in a message cannot pass for another message.
  const frames = messages.map((message) => `${Buffer.byteLength(message)} ${message}`).join('');
  await new Promise<void>((resolve, reject) => {
    const fail = (error: Error) => {
      socket.destroy();
      reject(error);
    };
    socket.setTimeout(options.timeout, () =>
      fail(new Error('The collector did not take the messages in time')),
    );
    socket.on('error', fail);
    socket.once(secure ? 'secureConnect' : 'connect', () => socket.end(frames));
    // Syslog has no receipt: a connection that ends without an error is the most that there is to know.
    socket.on('finish', () => setTimeout(() => socket.destroy(), 1_000).unref());
    socket.on('close', (failed) => (failed ? undefined : resolve()));
    socket.resume();
  });
}

async function sendDatagrams(
  host: string,
  port: number,
  messages: readonly string[],
  guard: AddressGuard,
): Promise<void> {
  const [address] = await guard.resolve(host);
  const socket = createSocket(isIP(address!) === 6 ? 'udp6' : 'udp4');
  try {
    for (const message of messages) {
      await new Promise<void>((resolve, reject) =>
        socket.send(Buffer.from(message).subarray(0, 65_000), port, address, (error) =>
          error ? reject(error) : resolve(),
        ),
      );
    }
  } finally {
    socket.close();
  }
}
