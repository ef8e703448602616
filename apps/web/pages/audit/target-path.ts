import type { AuditEvent } from '@rollcall/contract/audit';
import type { AuditTargetKind } from '@rollcall/contract/audit-actions';
import { paths } from '../../paths.ts';

const places: Partial<Record<AuditTargetKind, (id: string) => string>> = {
  user: paths.agent,
  group: paths.group,
  import: paths.importRun,
  operation: paths.operation,
  off_boarding: paths.offboarding,
};

/** The page of what an event was done to, where there is one. */
export function targetPath({ action, target }: AuditEvent): string | undefined {
  if (target.id === null || action.endsWith('.deleted') || action.endsWith('.withdrawn')) return undefined;
  return places[target.kind]?.(target.id);
}
