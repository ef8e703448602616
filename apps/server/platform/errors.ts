import { type ErrorCode, errorCodes, type FieldError } from '@rollcall/contract/errors';

/**
 * The one error that is meant for a client. `detail` says what happened and what to do, `fields` which input
 * was refused, `context` carries data of the code (such as drifted rows); `cause` stays in the log.
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly detail: string | undefined;
  readonly fields: FieldError[];
  readonly context: Record<string, unknown> | undefined;

  constructor(
    code: ErrorCode,
    options: {
      detail?: string;
      fields?: FieldError[];
      context?: Record<string, unknown>;
      cause?: unknown;
    } = {},
  ) {
    super(options.detail ?? errorCodes[code].title, { cause: options.cause });
    this.name = 'AppError';
    this.code = code;
    this.detail = options.detail;
    this.fields = options.fields ?? [];
    this.context = options.context;
  }

  get status(): number {
    return errorCodes[this.code].status;
  }
}

/** An `invalid_input` for one field. */
export function invalidField(field: string, message: string, remedy?: string): AppError {
  return new AppError('invalid_input', {
    detail: remedy ? `${message} ${remedy}` : message,
    fields: [{ field, message, ...(remedy === undefined ? {} : { remedy }) }],
  });
}
