import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { clusterFolder, readDataMajor } from '../db/embedded/cluster-folder.ts';
import { stopPostmaster } from '../db/embedded/run-postmaster.ts';
import { type RunningServer, run, startServer } from '../test/run-process.ts';
import { describeProgram } from './describe-program.ts';

// Real processes start, stop and are upgraded here, which takes its time on a busy machine.
vi.setConfig({ testTimeout: 180_000, hookTimeout: 180_000 });

const folder = mkdtempSync(join(tmpdir(), 'rollcall-cli-'));
const dataDir = join(folder, 'data');
const passphrase = { ROLLCALL_BACKUP_PASSPHRASE: 'correct horse battery staple' };
const email = 'ada@example.com';
let server: RunningServer;
beforeAll(async () => {
  server = await startServer({
    ROLLCALL_DATA_DIR: dataDir,
    ROLLCALL_ORGANIZATION: 'Nordwind',
    ROLLCALL_ADMIN_EMAIL: email,
    ROLLCALL_ADMIN_PASSWORD: 'seven green kettles whistle',
  });
});
afterAll(async () => {
  await server.stop();
  for (const name of ['data', 'restored']) {
    const major = readDataMajor(join(folder, name));
    if (major !== undefined) await stopPostmaster(clusterFolder(join(folder, name), major));
  }
  rmSync(folder, { recursive: true, force: true });
});

const rollcall = (args: string[], env: Record<string, string> = {}, input?: string) =>
  run('cli/main.ts', args, {
    env: { ROLLCALL_DATA_DIR: dataDir, INIT_CWD: folder, ...env },
    ...(input === undefined ? {} : { input }),
  });
const json = async (...args: string[]) => JSON.parse((await rollcall(['--json', ...args])).stdout);

test('a key made here, alone on stdout, opens the running server until its user is deactivated here', async () => {
  const made = await rollcall([
    'users',
    'add',
    '--first-name',
    'Bob',
    '--last-name',
    'Ng',
    '--email',
    'bob@example.com',
    '--role',
    'administrator',
  ]);
  expect(made).toMatchObject({ code: 0, stdout: expect.stringContaining('Added bob@example.com') });
  const recovered = await rollcall(['organization', 'recover', '--admin-email', 'bob@example.com']);
  expect(recovered).toMatchObject({ code: 3, stdout: '' });
  expect(recovered.stderr).toContain('ada@example.com can sign in');

  const key = await rollcall([
    'api-key',
    'create',
    '--name',
    'CI',
    '--user',
    email,
    '--permissions',
    'users:read',
  ]);
  expect(key.stdout).toMatch(/^rck_\S+\n$/);
  const ask = () =>
    fetch(`${server.url}/api/v1/users`, { headers: { authorization: `Bearer ${key.stdout.trim()}` } });
  expect((await ask()).status).toBe(200);

  const last = await rollcall(['users', 'deactivate', email]);
  expect(last).toMatchObject({ code: 3, stderr: expect.stringContaining('without an active administrator') });
  const forced = await rollcall(['organization', 'recover', '--admin-email', 'bob@example.com', '--force']);
  expect(forced.stdout).toMatch(/^http\S+#token=rci_\S+\n$/);
  const token = forced.stdout.trim().split('token=')[1]!;
  const accepted = await fetch(`${server.url}/api/v1/invitations/accept`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      token,
      firstName: 'Bob',
      lastName: 'Ng',
      password: 'eleven blue teapots sing',
      timeZone: 'UTC',
    }),
  });
  expect(accepted.status).toBeLessThan(300);
  const preview = await json('users', 'deactivate', email, '--dry-run');
  expect(preview.preview).toMatchObject({ users: [{ refusal: null }], apiKeys: [{ name: 'CI' }] });
  expect((await ask()).status).toBe(200);
  const done = await rollcall(['users', 'deactivate', email, '--reason', 'HR-1']);
  expect(done).toMatchObject({ code: 0, stdout: `${email} deactivated\n`, stderr: '' });
  expect((await ask()).status).toBe(401);
  expect((await rollcall(['users', 'reactivate', email, '--role', 'administrator'])).code).toBe(0);
  expect((await ask()).status).toBe(401);
});

test('previews a file, applies that preview and nothing else, and writes what it refused', async () => {
  writeFileSync(
    join(folder, 'people.csv'),
    'First name,Last name,Email,Extension\nEve,Pi,eve@example.com,\nDan,Oz,dan@example.com,20\n',
  );
  const preview = await rollcall(['import', 'people.csv', '--refused', 'refused.csv']);
  expect(preview).toMatchObject({ code: 3, stderr: expect.stringContaining('line 3: Extension “20”') });
  expect(preview.stdout).toContain('to create 1');
  expect(readFileSync(join(folder, 'refused.csv'), 'utf8')).toContain('Dan,Oz');
  expect((await json('users', 'list', '--search', 'eve')).users).toEqual([]);
  const digest = /^digest (\S+)$/m.exec(preview.stdout)![1]!;
  writeFileSync(join(folder, 'other.csv'), 'First name,Last name,Email\nFay,Q,fay@example.com\n');
  const drifted = await rollcall(['import', 'other.csv', '--apply', '--digest', digest]);
  expect(drifted).toMatchObject({
    code: 3,
    stderr: expect.stringContaining('has changed since that preview'),
  });
  const applied = await rollcall(['import', 'people.csv', '--apply', '--digest', digest]);
  expect(applied.stdout).toContain('applied: 1 done, 0 refused');
  expect((await json('users', 'list', '--search', 'eve')).users).toMatchObject([{ status: 'invited' }]);
});

test('verifies the audit against a checkpoint, and finds a change made past it', async () => {
  const checkpoint = await rollcall(['audit', 'checkpoint']);
  writeFileSync(join(folder, 'checkpoint.json'), checkpoint.stdout);
  expect(await rollcall(['audit', 'verify', '--checkpoint', 'checkpoint.json'])).toMatchObject({
    code: 0,
    stdout: expect.stringContaining('is intact'),
  });
  const foreign = { ...JSON.parse(checkpoint.stdout), seq: 1 };
  writeFileSync(join(folder, 'foreign.json'), JSON.stringify(foreign));
  expect((await rollcall(['audit', 'verify', '--checkpoint', 'foreign.json'])).code).toBe(2);
  expect((await rollcall(['audit', 'verify', '--checkpoint', 'nowhere.json'])).code).toBe(4);
});

test('backs up beside the running server and restores into an empty folder only', async () => {
  expect(await rollcall(['backup', 'all.rollcall'], passphrase)).toMatchObject({ code: 0, stderr: '' });
  expect((await rollcall(['backup', 'all.rollcall'], passphrase)).code).toBe(3);
  expect((await rollcall(['backup', 'other.rollcall'], {}, 'short\n')).code).toBe(2);
  const elsewhere = { ROLLCALL_DATA_DIR: join(folder, 'restored') };
  const wrong = await rollcall(['restore', 'all.rollcall'], elsewhere, 'another passphrase\n');
  expect(wrong).toMatchObject({ code: 5, stderr: 'The passphrase does not open this backup.\n' });
  expect(await rollcall(['restore', 'all.rollcall'], { ...elsewhere, ...passphrase })).toMatchObject({
    code: 0,
  });
  expect((await rollcall(['restore', 'all.rollcall'], { ...elsewhere, ...passphrase })).code).toBe(3);
  expect(
    (await rollcall(['restore', 'all.rollcall', '--replace'], { ...elsewhere, ...passphrase })).code,
  ).toBe(3);
  const replaced = await rollcall(['restore', 'all.rollcall', '--replace', '--yes'], {
    ...elsewhere,
    ...passphrase,
  });
  expect(replaced).toMatchObject({ code: 0, stdout: expect.stringContaining('What was there before is in') });
  expect((await rollcall(['users', 'list'], elsewhere)).stdout).toContain('bob@example.com');
  expect((await rollcall(['audit', 'verify'], elsewhere)).code).toBe(0);

  expect((await rollcall(['secret', 'rotate'], elsewhere)).code).toBe(0);
  expect((await rollcall(['secret', 'rotate', '--finish'], elsewhere)).code).toBe(0);
  expect(
    readFileSync(join(folder, 'restored', 'secret'), 'utf8')
      .trim()
      .split('\n'),
  ).toHaveLength(1);
  expect((await rollcall(['audit', 'verify'], elsewhere)).code).toBe(0);
});

test('says what is wrong, on stderr, with the exit code of its kind', async () => {
  const cases: [string[], number, RegExp][] = [
    [['users', 'frobnicate'], 2, /unknown command/],
    [['users', 'add', '--first-name', 'X'], 2, /required option '--last-name/],
    [['users', 'add', '--first-name', 'X', '--last-name', 'Y', '--email', 'no'], 2, /--email: /],
    [['users', 'deactivate', 'nobody@example.com'], 4, /no agent with the sign-in name “nobody@example.com”/],
    [
      ['--organization', 'Elsewhere', 'users', 'list'],
      4,
      /There is no organization “Elsewhere”. There are: “Nordwind”/,
    ],
    [['import', 'nowhere.csv'], 4, /There is no file/],
  ];
  for (const [args, code, words] of cases) {
    const ended = await rollcall(args);
    expect(ended, args.join(' ')).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(words) });
    expect(ended.stderr).not.toMatch(/\n\s+at /);
  }
  const empty = { ROLLCALL_DATA_DIR: join(folder, 'nothing') };
  expect(await rollcall(['users', 'list'], empty)).toMatchObject({
    code: 4,
    stderr: expect.stringContaining('no database'),
  });
  expect((await rollcall(['users', 'list'], { PORT: 'x' })).code).toBe(78);
  const asJson = await rollcall(['--json', 'users', 'deactivate', 'nobody@example.com']);
  expect(JSON.parse(asJson.stderr)).toMatchObject({ error: { code: 'not_found' } });
  expect((await json('db', 'status')).pending).toEqual([]);
});

test('the reference is what the program says of itself', () => {
  const reference = readFileSync(new URL('../../../docs/command-line.md', import.meta.url), 'utf8');
  expect(reference).toContain(describeProgram());
});
