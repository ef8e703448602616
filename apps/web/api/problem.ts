import type { ErrorCode, FieldError } from '@rollcall/contract/errors';

/** The server's codes, and ours: no answer, an answer that is no problem document (a proxy's), a fault of this page. */
export type ProblemCode = ErrorCode | 'unreachable' | 'unreadable' | 'unexpected';

/**
 * Every failure that a page can meet, in one shape: what the server refused (RFC 9457), and what went wrong
 * before there was an answer.
 */
export class Problem extends Error {
  readonly status: number;
  readonly code: ProblemCode;
  readonly title: string;
  readonly detail: string;
  readonly requestId: string | undefined;
  readonly fields: FieldError[];
  /** What some codes carry besides, e.g. the present state with a stale ETag. */
  readonly context: Record<string, unknown>;

  constructor(
    parts: Partial<
      Pick<Problem, 'status' | 'code' | 'title' | 'detail' | 'requestId' | 'fields' | 'context'>
    >,
  ) {
    super(parts.detail ?? parts.title ?? 'Request failed');
    this.name = 'Problem';
    this.status = parts.status ?? 0;
    this.code = parts.code ?? 'unreachable';
    this.title = parts.title ?? '';
    this.detail = parts.detail ?? '';
    this.requestId = parts.requestId;
    this.fields = parts.fields ?? [];
    this.context = parts.context ?? {};
  }
}

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

function fieldProblems(value: unknown): FieldError[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((item: Record<string, unknown> | null) => {
    const field = text(item?.field);
    const message = text(item?.message);
    return field !== undefined && message !== undefined
      ? [{ field, message, remedy: text(item?.remedy) }]
      : [];
  });
}

/** Reads RFC 9457 problem+json; anything else becomes `unreadable` with its status. */
export async function problemFromResponse(response: Response): Promise<Problem> {
  const requestId = response.headers.get('x-request-id') ?? undefined;
  const body: unknown = await response.json().catch(() => undefined);
  if (typeof body !== 'object' || body === null) {
    return new Problem({ status: response.status, code: 'unreadable', requestId });
  }
  const { title, status, detail, code, requestId: id, errors, context } = body as Record<string, unknown>;
  return new Problem({
    status: typeof status === 'number' ? status : response.status,
    code: (text(code) as ErrorCode | undefined) ?? 'unreadable',
    title: text(title),
    detail: text(detail),
    requestId: text(id) ?? requestId,
    fields: fieldProblems(errors),
    context: typeof context === 'object' && context !== null ? { ...context } : {},
  });
}

/** Whatever was thrown, as a Problem. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TypeError) return new Problem({ code: 'unreachable' });
  return new Problem({ code: 'unexpected', detail: error instanceof Error ? error.message : undefined });
}
