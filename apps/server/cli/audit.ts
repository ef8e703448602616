import { readFile } from 'node:fs/promises';
import { auditCheckpoint } from '@rollcall/contract/audit';
import { Command } from 'commander';
import { makeCheckpoint } from '../domain/audit/checkpoints.ts';
import { sealAudit } from '../domain/audit/seal-audit.ts';
import { verifyAudit } from '../domain/audit/verify-audit.ts';
import { CommandFailure, exitCodes } from './exit-codes.ts';
import { onInstallation, pathOf, type Session } from './run-command.ts';

export function auditCommand(): Command {
  const command = new Command('audit').description('Verify the audit log');
  command
    .command('verify')
    .description('Read the whole sealed chain and say where it is not what was sealed')
    .option('--checkpoint <file>', 'a checkpoint that was kept outside the database')
    .action(onInstallation<{ checkpoint?: string }>(verify));
  command
    .command('checkpoint')
    .description('Print a signed checkpoint of this moment, to be kept outside the database')
    .action(
      onInstallation(async (session) => {
        const { id } = await sealNow(session);
        const { encryption } = session.deps.installation;
        const checkpoint = await session.deps.db.ownerTransaction((tx) =>
          makeCheckpoint(tx, encryption, id, session.deps.clock()),
        );
        session.out.result(checkpoint, JSON.stringify(checkpoint));
        return undefined;
      }),
    );
  return command;
}

async function verify(session: Session, { checkpoint: file }: { checkpoint?: string }) {
  const checkpoint = file === undefined ? undefined : await readCheckpoint(pathOf(file));
  const { id, name } = await sealNow(session);
  const { encryption } = session.deps.installation;
  const found = await session.deps.db.ownerTransaction((tx) =>
    verifyAudit(tx, encryption, id, checkpoint ? { checkpoint } : {}),
  );
  const lines = found.faults.map(({ kind, seq, eventId, detail }) =>
    [kind, seq === null ? '' : `at ${seq}`, eventId ? `(${eventId})` : '', `— ${detail}`]
      .filter(Boolean)
      .join(' '),
  );
  const head = found.intact
    ? `The audit log of ${name} is intact: ${found.seq} events, ${found.unsealed} not sealed yet.`
    : `The audit log of ${name} is NOT intact: ${found.faults.length} faults among ${found.seq} events.`;
  session.out.result({ organizationId: id, ...found }, [head, ...lines].join('\n'));
  return found.intact ? exitCodes.done : exitCodes.notIntact;
}

/** Where no server runs, nobody has sealed the last events yet. */
async function sealNow(session: Session) {
  const organization = await session.organization();
  const { db, installation, clock } = session.deps;
  let outcome: string;
  do {
    ({ outcome } = await db.ownerTransaction((tx) =>
      sealAudit(tx, installation.encryption, organization.id, { now: clock() }),
    ));
  } while (outcome === 'more');
  return organization;
}

async function readCheckpoint(path: string) {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new CommandFailure(exitCodes.notFound, `The checkpoint ${path} cannot be read (${error.code}).`);
  });
  try {
    return auditCheckpoint.parse(JSON.parse(text));
  } catch {
    throw new CommandFailure(exitCodes.usage, `${path} is no checkpoint. Use the file as it was downloaded.`);
  }
}
