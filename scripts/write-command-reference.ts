// Writes the reference of all commands into docs/command-line.md, from the program itself.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeProgram } from '../apps/server/cli/describe-program.ts';

const BEGIN = '<!-- written by scripts/write-command-reference.ts -->';
const END = '<!-- end -->';
const path = join(import.meta.dirname, '../docs/command-line.md');
const [before, rest = ''] = readFileSync(path, 'utf8').split(BEGIN);
writeFileSync(path, `${before}${BEGIN}\n\n${describeProgram()}\n\n${END}${rest.split(END)[1] ?? '\n'}`);
