/**
 * Fails when the first page loads more JavaScript than its budget. The first page is what a signed-in visitor
 * of the Agents list must fetch: the entry, everything it imports, and that page's own chunks.
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
const firstPages = ['pages/agents/AgentsPage.tsx', 'pages/home/HomePage.tsx', 'pages/sign-in/SignInPage.tsx'];
const shell = 'shell/Shell.tsx';

function collect(name: string, into: Set<string>): Set<string> {
  const chunk = manifest[name];
  if (!chunk || into.has(chunk.file)) return into;
  into.add(chunk.file);
  for (const imported of chunk.imports ?? []) collect(imported, into);
  return into;
}

let over = false;
for (const page of firstPages.filter((name) => manifest[name])) {
  const files = new Set<string>();
  for (const name of ['index.html', shell, page]) collect(name, files);
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
