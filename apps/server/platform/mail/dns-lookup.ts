/** The part of `dns.promises.Resolver` that is used, so that a test can bring its own. */
export interface DnsResolver {
  resolveTxt(name: string): Promise<string[][]>;
  resolve4(name: string): Promise<string[]>;
  resolve6(name: string): Promise<string[]>;
  resolveMx(name: string): Promise<{ exchange: string; priority: number }[]>;
}

/** The answer could not be had; whether there is a record stays unknown. The message says why, in plain words. */
export class DnsUnknownError extends Error {}

/** Questions whose answer is empty where there is no such record, and which throw only DnsUnknownError. */
export interface DnsLookup {
  /** TXT records, each joined from its strings. */
  txt(name: string): Promise<string[]>;
  /** A and AAAA. */
  addresses(name: string): Promise<string[]>;
  /** Hosts by preference. The null MX of RFC 7505 is an empty name. */
  mx(name: string): Promise<string[]>;
}

/** Asks through a resolver, all questions together within `deadlineMs`. */
export function openDnsLookup(resolver: DnsResolver, deadlineMs: number): DnsLookup {
  const deadline = AbortSignal.timeout(deadlineMs);

  async function ask<Answer>(name: string, question: () => Promise<Answer[]>): Promise<Answer[]> {
    const late = new DnsUnknownError(`The name servers took too long to answer for ${name}.`);
    if (deadline.aborted) throw late;
    const { promise: tooLate, reject } = Promise.withResolvers<never>();
    const onLate = () => reject(late);
    deadline.addEventListener('abort', onLate, { once: true });
    try {
      return await Promise.race([question(), tooLate]);
    } catch (error) {
      const code = (error as NodeJS.ErrnoException).code ?? '';
      if (['ENODATA', 'ENOTFOUND', 'EBADNAME'].includes(code)) return [];
      throw error === late ? late : new DnsUnknownError(wordsFor(code, name));
    } finally {
      deadline.removeEventListener('abort', onLate);
    }
  }

  return {
    async txt(name) {
      return (await ask(name, () => resolver.resolveTxt(name))).map((strings) => strings.join(''));
    },
    async addresses(name) {
      const both = await Promise.all([
        ask(name, () => resolver.resolve4(name)),
        ask(name, () => resolver.resolve6(name)),
      ]);
      return both.flat();
    },
    async mx(name) {
      const records = await ask(name, () => resolver.resolveMx(name));
      return records.sort((a, b) => a.priority - b.priority).map(({ exchange }) => exchange);
    },
  };
}

function wordsFor(code: string, name: string): string {
  switch (code) {
    case 'ETIMEOUT':
      return `The name servers did not answer in time for ${name}.`;
    case 'ESERVFAIL':
      return `The name servers reported a failure for ${name}.`;
    case 'ECONNREFUSED':
      return `No name server could be reached to ask for ${name}.`;
    default:
      return `The name servers could not be asked for ${name} (${code || 'unknown error'}).`;
  }
}
