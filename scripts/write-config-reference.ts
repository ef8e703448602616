// Writes the table of environment variables into docs/configuration.md, from the schema that reads them.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { variables } from '../apps/server/config.ts';

const BEGIN = '<!-- written by scripts/write-config-reference.ts -->';
const END = '<!-- end -->';

/** The page with a fresh table between its two marks. */
export function writeConfigReference(page: string): string {
  const rows = Object.entries(variables).map(([name, schema]) => {
    const fallback = schema.safeParse(undefined).data;
    return `| \`${name}\` | ${fallback === undefined ? '' : `\`${fallback}\``} | ${schema.description} |`;
  });
  const table = ['| Variable | Unless set | What it is |', '|---|---|---|', ...rows].join('\n');
  const [before, rest = ''] = page.split(BEGIN);
  return `${before}${BEGIN}\n${table}\n${END}${rest.split(END)[1] ?? '\n'}`;
}

if (import.meta.main) {
  const path = join(import.meta.dirname, '../docs/configuration.md');
  writeFileSync(path, writeConfigReference(readFileSync(path, 'utf8')));
}
