import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { CommandFailure, exitCodes } from './exit-codes.ts';

/** The first line of stdin; never as an argument, where every process of the machine could read it. */
export async function readSecretLine(what: string): Promise<string> {
  const line = process.stdin.isTTY
    ? await askHidden(`${what}: `)
    : (await text(process.stdin)).split(/\r?\n/)[0]!;
  if (line === '') throw new CommandFailure(exitCodes.usage, `${what} is missing on stdin.`);
  return line;
}

async function askHidden(prompt: string): Promise<string> {
  process.stderr.write(prompt);
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  try {
    return await lines.question('');
  } finally {
    lines.close();
    process.stderr.write('\n');
  }
}

/** Asks a question of a person; without a terminal nobody can answer, and so the answer is no. */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY) return false;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^y(es)?$/i.test((await lines.question(`${question} [y/N] `)).trim());
  } finally {
    lines.close();
  }
}
