import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { startMailServer, type TestMailServer } from '../apps/server/test/mail-server.ts';
import { type RunningServer, startServer } from '../apps/server/test/run-process.ts';
import { execute, templateName, urlOf } from '../apps/server/test/template.ts';

export const administrator = {
  email: 'ada@nordwind.example',
  password: 'seven green kettles whistle',
};

export interface Rollcall {
  /** What people type: the server's public URL. */
  url: string;
  mailServer: TestMailServer;
  server: RunningServer;
  stop(): Promise<void>;
}

/**
 * The server as it is shipped, in a process and on a database of its own, with a mail server beside it.
 * Its organization is Nordwind, or none yet with `empty`: then the database is bare as well.
 */
export async function startRollcall({ empty = false } = {}): Promise<Rollcall> {
  const cluster = inject('postgresUrl');
  const database = `journey_${randomUUID().replaceAll('-', '')}`;
  await execute(cluster, `create database ${database} ${empty ? '' : `template ${templateName}`}`);
  const dataDir = mkdtempSync(join(tmpdir(), 'rollcall-journey-'));
  const mailServer = await startMailServer();
  const server = await startServer({
    DATABASE_URL: urlOf(cluster, database),
    ROLLCALL_DATA_DIR: dataDir,
    SMTP_URL: mailServer.url,
    MAIL_FROM: 'Rollcall <rollcall@nordwind.example>',
    ...(empty
      ? {}
      : {
          ROLLCALL_ORGANIZATION: 'Nordwind',
          ROLLCALL_ADMIN_EMAIL: administrator.email,
          ROLLCALL_ADMIN_PASSWORD: administrator.password,
        }),
  });
  return {
    url: `http://localhost:${new URL(server.url).port}`,
    mailServer,
    server,
    async stop() {
      await server.stop();
      await mailServer.close();
      await execute(cluster, `drop database if exists ${database} with (force)`);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
