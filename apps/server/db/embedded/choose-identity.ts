import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readFileSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * The user that PostgreSQL runs as when Rollcall runs as root; PostgreSQL refuses to be root.
 * A number of its own, and not `nobody`, so that no other service can read the data or signal the database.
 */
const UNPRIVILEGED_ID = 51_542;

/** A user and group to run a program as. */
export type Identity = { uid: number; gid: number };

/**
 * Whom PostgreSQL runs as: undefined means "as this process", which is right for everybody but root.
 * As root it is the owner of the data folder's cluster, or the dedicated user for a new one.
 * @throws Error when the cluster belongs to somebody else.
 */
export function chooseIdentity(clusterData: string): Identity | undefined {
  const self = process.getuid?.();
  const owner = existsSync(clusterData) ? statSync(clusterData) : undefined;
  if (self === 0) {
    return owner && owner.uid !== 0
      ? { uid: owner.uid, gid: owner.gid }
      : { uid: UNPRIVILEGED_ID, gid: UNPRIVILEGED_ID };
  }
  if (owner && self !== undefined && owner.uid !== self) {
    throw new Error(
      `The database in ${clusterData} belongs to the user with id ${owner.uid}, but Rollcall runs as the user with id ` +
        `${self}. Run Rollcall as that user (or as root, if root made it), or give the data folder away with chown -R.`,
    );
  }
  return undefined;
}

/**
 * `initdb` insists on a name for its user id in /etc/passwd, which the dedicated user has not. It then borrows the
 * id of `nobody` while it keeps the dedicated group: the folder it writes to opens to that group only, and the
 * differing group keeps other processes of `nobody` from looking into it.
 */
export function identityForInitdb(identity: Identity | undefined): Identity | undefined {
  if (!identity) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  if (users.some(([, , uid]) => Number(uid) === identity.uid)) return identity;
  const nobody = users.find(([name]) => name === 'nobody') ?? users.find(([, , uid]) => Number(uid) > 0);
  if (nobody) return { uid: Number(nobody[2]), gid: identity.gid };
  throw new Error(
    'PostgreSQL refuses to run as root and /etc/passwd names nobody else: set DATABASE_URL, or add a user.',
  );
}

/**
 * Makes `<dataDir>/database`. Where the unprivileged user cannot reach the data folder (a home folder of root is
 * closed to others), the database lives in /var/lib and `database` is a link to it.
 */
export function makeDatabaseFolder(
  dataDir: string,
  identity: Identity | undefined,
  log: (line: string) => void,
): void {
  const folder = join(dataDir, 'database');
  if (existsSync(folder)) return;
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (identity) chmodSync(dataDir, statSync(dataDir).mode | 0o011);
  if (!identity || canReach(dataDir, identity)) {
    makeReachable(folder);
    return;
  }
  const home = join(
    '/var/lib/rollcall',
    `${basename(dirname(realpathSync(dataDir)))}-${randomBytes(4).toString('hex')}`,
  );
  makeReachable(home);
  symlinkSync(home, folder);
  log(
    `PostgreSQL does not run as root and another user cannot reach ${dataDir}: the database is kept in ${home}.`,
  );
}

function makeReachable(folder: string): void {
  const previous = process.umask(0o022);
  try {
    mkdirSync(folder, { recursive: true, mode: process.getuid?.() === 0 ? 0o711 : 0o700 });
  } finally {
    process.umask(previous);
  }
}

/** Whether a user may pass through every folder down to this one. */
function canReach(folder: string, { uid, gid }: Identity): boolean {
  for (let path = realpathSync(folder); ; path = dirname(path)) {
    const stat = statSync(path);
    const bit = stat.uid === uid ? 0o100 : stat.gid === gid ? 0o010 : 0o001;
    if ((stat.mode & bit) === 0) return false;
    if (path === dirname(path)) return true;
  }
}
