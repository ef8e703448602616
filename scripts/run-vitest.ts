import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export type Tally = { passed: number; failed: number };

/** The part of Vitest's JSON report that we read. */
type Report = {
  numPassedTests: number;
  numFailedTests: number;
  testResults: { status: string; assertionResults: { status: string }[] }[];
};

/** Runs one project of vitest.config.ts, its output going straight through, and counts its tests. */
export function runVitest(project: string, env: Record<string, string> = {}): Tally {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-report-'));
  const file = join(folder, 'report.json');
  const options = ['run', '--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json'];
  try {
    const { status } = spawnSync(
      process.execPath,
      ['node_modules/vitest/vitest.mjs', ...options, `--outputFile.json=${file}`],
      { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } },
    );
    return tally(JSON.parse(readFileSync(file, 'utf8')) as Report, status === 0);
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A file that does not load, or an error outside every test, has no failing test of its own but is a failure. */
function tally(report: Report, succeeded: boolean): Tally {
  const broken = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = report.numFailedTests + broken;
  return { passed: report.numPassedTests, failed: failed === 0 && !succeeded ? 1 : failed };
}
