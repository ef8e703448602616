import { CommanderError } from 'commander';
import { exitCodes } from './exit-codes.ts';
import { createProgram } from './program.ts';

try {
  await createProgram().parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  // Commander has said it already; asking for help is no fault.
  process.exitCode = error.exitCode === 0 ? exitCodes.done : exitCodes.usage;
}
