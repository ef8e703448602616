import { type Permission, permissionNames } from '@rollcall/contract/permissions';
import type { Actor } from '../domain/context.ts';
import { inContext } from '../edge/in-context.ts';
import { createFirstOrganization } from '../edge/set-up-installation.ts';
import type { OpenedInstallation } from '../open-installation.ts';
import { newId } from '../platform/ids.ts';
import { hashPassword } from '../platform/password-hash.ts';
import { administrators, hires, invited, leavers, returning } from './people.ts';
import * as scenes from './scenes.ts';
import type { Stage } from './stage.ts';

export const password = 'quiet lighthouse paints oranges';
export const first = { firstName: 'Ada', lastName: 'Okafor', email: 'ada.okafor@harbour-calls.example' };
const day = 86_400_000;

/**
 * Makes a call centre with half a year behind it, by the functions that everybody uses and with the clock set back: so
 * history, audit and off-boarding records are what they would have been.
 * @param setClock sets the time that the installation sees
 */
export async function tellStory(
  installation: OpenedInstallation,
  setClock: (now: Date) => void,
): Promise<void> {
  const { deps } = installation;
  const present = Date.now();
  const timeAt = (daysAgo: number, minute = 0) => new Date(present - daysAgo * day + minute * 60_000);
  setClock(timeAt(200));
  const { organizationId, userId } = await createFirstOrganization(deps, {
    ...first,
    name: 'Harbour Calls',
    password,
    timeZone: 'Europe/Berlin',
  });
  const actor: Actor = {
    kind: 'user',
    userId,
    sessionId: newId(),
    name: `${first.firstName} ${first.lastName}`,
    grants: new Map(permissionNames.map((name): [Permission, 'organization'] => [name, 'organization'])),
    ip: '192.0.2.10',
  };
  const stage: Stage = {
    now: timeAt(200),
    passwordHash: await hashPassword(password),
    ids: new Map([[`${first.firstName} ${first.lastName}`, userId]]),
    act: (work, reason) =>
      inContext(deps, { organizationId, actor, requestId: newId(), ...(reason ? { reason } : {}) }, work),
  };
  for (const { daysAgo, minute = 0, play } of script()) {
    stage.now = timeAt(daysAgo, minute);
    setClock(stage.now);
    await play(stage);
  }
}

interface Scene {
  daysAgo: number;
  minute?: number;
  play(stage: Stage): Promise<void>;
}

/** Everything that happens, in the order of time. */
function script(): Scene[] {
  const cohorts = Map.groupBy(hires, ({ daysAgo }) => daysAgo);
  const all: Scene[] = [
    { daysAgo: 199, play: scenes.openGroupsAndNumbers },
    ...[...cohorts].flatMap(([daysAgo, people]) => [
      { daysAgo, play: (stage: Stage) => scenes.hire(stage, people) },
      { daysAgo, minute: 180, play: (stage: Stage) => scenes.accept(stage, people) },
    ]),
    ...administrators.map((name, index) => ({
      daysAgo: 20 + index,
      play: (stage: Stage) => scenes.makeAdministrator(stage, name),
    })),
    ...leavers.map((leaver) => ({
      daysAgo: leaver.daysAgo,
      minute: 30,
      play: (stage: Stage) => scenes.leave(stage, leaver),
    })),
    { daysAgo: returning.daysAgo, play: (stage) => scenes.comeBack(stage, returning) },
    ...invited.map((person) => ({
      daysAgo: person.daysAgo,
      minute: 60,
      play: (stage: Stage) => scenes.invite(stage, person),
    })),
    { daysAgo: 2, minute: 10, play: scenes.planAStart },
    { daysAgo: 1, minute: 20, play: scenes.makeKeysAndViews },
    { daysAgo: 0, minute: -90, play: scenes.startTheDay },
  ];
  return all.sort((a, b) => b.daysAgo - a.daysAgo || (a.minute ?? 0) - (b.minute ?? 0));
}
