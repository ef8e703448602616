/**
 * Fails when the first page loads more JavaScript than its budget. The first page is what a visitor of
 * that address must fetch: the entry, the shell where there is one, the page, and all that they import.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

interface Chunk {
  file: string;
  imports?: string[];
}

const budget = 250_000;
const dist = fileURLToPath(new URL('../dist/', import.meta.url));
const manifest = JSON.parse(readFileSync(`${dist}.vite/manifest.json`, 'utf8')) as Record<string, Chunk>;
const frame = ['index.html', 'shell/Shell.tsx'];
const firstPages: Record<string, string[]> = {
  'pages/agents/AgentsPage.tsx': frame,
  'pages/home/HomePage.tsx': frame,
  'pages/sign-in/SignInPage.tsx': ['index.html'],
};

function collect(name: string, into: Set<string>): Set<string> {
  const chunk = manifest[name];
  if (!chunk || into.has(chunk.file)) return into;
  into.add(chunk.file);
  for (const imported of chunk.imports ?? []) collect(imported, into);
  return into;
}

let over = false;
for (const [page, around] of Object.entries(firstPages).filter(([name]) => manifest[name])) {
  const files = new Set<string>();
  for (const name of [...around, page]) collect(name, files);
  const scripts = [...files].filter((file) => file.endsWith('.js'));
  const bytes = scripts.reduce((sum, file) => sum + gzipSync(readFileSync(dist + file)).length, 0);
  over ||= bytes > budget;
  console.log(
    `${page}: ${(bytes / 1000).toFixed(1)} kB of JavaScript gzipped in ${scripts.length} files (budget ${budget / 1000} kB)`,
  );
}
if (over) {
  console.error('The first page is over its budget: load what it does not need at once lazily.');
  process.exit(1);
}
