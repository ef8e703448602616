import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** For every launch: no calls home, and no sandbox for root, who cannot have one. */
export const chromiumArguments = [
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
];

/** The Chromium or Chrome of this machine, or the one that Playwright has installed; undefined if there is none. */
export function findChromium(): string | undefined {
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const chosen = process.env.ROLLCALL_CHROMIUM;
  return [...(chosen ? [chosen] : []), ...onPath, ...APPLICATIONS, chromium.executablePath()].find(
    existsSync,
  );
}

/**
 * Finds a Chromium or installs one: from Debian's packages where we may, otherwise with Playwright's installer.
 * @throws Error that names the remedy when none of that works.
 */
export function provideChromium(): string {
  const found =
    findChromium() ??
    (installFromPackages() && findChromium()) ??
    (installWithPlaywright() && findChromium());
  if (found) return found;
  throw new Error(
    'No Chromium or Chrome was found and none could be installed: install one, or set ROLLCALL_CHROMIUM.',
  );
}

function installFromPackages(): true | undefined {
  const sudo = process.getuid?.() === 0 ? [] : ['sudo', '-n'];
  const apt = (...options: string[]) => {
    const [program = '', ...rest] = [...sudo, 'apt-get', ...options];
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    return spawnSync(program, rest, { stdio: ['ignore', 'ignore', 'inherit'], env }).status === 0;
  };
  if (!existsSync('/usr/bin/apt-get')) return undefined;
  console.log('Installing Chromium (first run only)');
  const install = () => apt('install', '--yes', '--no-install-recommends', 'chromium');
  return install() || (apt('update') && install()) || undefined;
}

function installWithPlaywright(): true | undefined {
  const cli = join(import.meta.dirname, '../node_modules/playwright-core/cli.js');
  try {
    execFileSync(process.execPath, [cli, 'install', 'chromium-headless-shell', 'chromium'], {
      stdio: 'inherit',
    });
    return true;
  } catch {
    return undefined;
  }
}
