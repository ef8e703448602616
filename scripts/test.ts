// `npm test`: everything that is checked, in the order of what tells soonest. Ends with "N passed, N failed".
import { spawnSync } from 'node:child_process';
import { provideChromium } from './provide-chromium.ts';
import { runVitest, type Tally } from './run-vitest.ts';

const total: Tally = { passed: 0, failed: 0 };

function add({ passed, failed }: Tally): void {
  total.passed += passed;
  total.failed += failed;
}

/** Runs a script under this Node; it counts as one test and is quiet unless it fails. */
function check(name: string, script: string, ...args: string[]): boolean {
  const started = performance.now();
  const { status, stdout, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: 'utf8' });
  const passed = status === 0;
  console.log(`${passed ? '✓' : '✗'} ${name} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  if (!passed) console.log(`${stdout}${stderr}`);
  add({ passed: Number(passed), failed: Number(!passed) });
  return passed;
}

/** Runs a project of vitest.config.ts. */
function suite(name: string, project: string, env: Record<string, string> = {}): void {
  console.log(`\n${name}`);
  add(runVitest(project, env));
}

function journeys(): void {
  try {
    suite('Journeys in a browser', 'browser', { ROLLCALL_CHROMIUM: provideChromium() });
  } catch (error) {
    console.log(`✗ ${(error as Error).message}`);
    add({ passed: 0, failed: 1 });
  }
}

check('types', 'node_modules/typescript-7/bin/tsc', '--project', '.');
check('lint', 'node_modules/@biomejs/biome/bin/biome', 'ci', '--colors=off', '--error-on-warnings');
check(
  'floors',
  'node_modules/dependency-cruiser/bin/dependency-cruiser.mjs',
  ...['--config', '.dependency-cruiser.mjs', 'packages', 'apps', 'e2e', 'bench', 'scripts'],
);
check('nothing unused', 'node_modules/knip/bin/knip.js');
suite('Units and HTTP on the embedded PostgreSQL', 'server');
if (process.env.CI) suite('The same on PostgreSQL 15', 'server', { ROLLCALL_TEST_POSTGRES: '15' });
if (check('dashboard builds', 'bootstrap.mjs', 'build')) {
  check('first page within 250 kB', 'apps/web/scripts/check-bundle.ts');
  journeys();
}
console.log(`\n${total.passed} passed, ${total.failed} failed`);
process.exitCode = total.failed === 0 ? 0 : 1;
