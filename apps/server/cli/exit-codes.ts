import { AppError } from '../platform/errors.ts';

/** What the command line ends with; docs/command-line.md has the same table. */
export const exitCodes = {
  done: 0,
  /** The database cannot be reached, a file cannot be read, or a defect of ours. */
  failed: 1,
  /** Options that are missing, unknown or do not fit together. */
  usage: 2,
  /** A rule of Rollcall refused it, or refused some of the rows. */
  refused: 3,
  /** There is no such organization, agent, file or import. */
  notFound: 4,
  /** The audit log, or a backup, is not what was written. */
  notIntact: 5,
  /** The environment has faults. */
  configuration: 78,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];

/** Ends a command with a code and words of its own. */
export class CommandFailure extends Error {
  readonly exitCode: ExitCode;

  constructor(exitCode: ExitCode, message: string) {
    super(message);
    this.exitCode = exitCode;
  }
}

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof CommandFailure) return error.exitCode;
  if (!(error instanceof AppError)) return exitCodes.failed;
  if (error.code === 'not_found') return exitCodes.notFound;
  if (error.code === 'invalid_input') return exitCodes.usage;
  return error.status >= 500 ? exitCodes.failed : exitCodes.refused;
}
