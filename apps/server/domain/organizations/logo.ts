import { createHash } from 'node:crypto';
import { type LogoMediaType, logoMaxBytes } from '@rollcall/contract/organizations';
import { sql } from 'kysely';
import { AppError } from '../../platform/errors.ts';
import { requirePermission } from '../access/require-permission.ts';
import { appendAuditEvents } from '../audit/append-audit-events.ts';
import type { Context } from '../context.ts';
import { selectOrganization } from './read-organization.ts';

/** Whoever is signed in sees the logo; it stands in the dashboard's header. */
export async function readLogo(ctx: Context): Promise<{ mediaType: string; bytes: Buffer }> {
  const { rows } = await sql<{ mediaType: string; bytes: Buffer }>`
    select media_type as "mediaType", bytes from organization_logos
    where organization_id = ${ctx.organizationId}`.execute(ctx.tx);
  if (!rows[0]) throw new AppError('not_found', { detail: 'The organization has no logo.' });
  return rows[0];
}

/** Keeps the image as it is; what it is, its own first bytes say, whatever the request claims. @returns its path */
export async function putLogo(ctx: Context, bytes: Buffer): Promise<string> {
  requirePermission(ctx, 'organization:update');
  if (bytes.length > logoMaxBytes) {
    throw new AppError('file_too_large', {
      detail: `The logo has ${bytes.length} bytes; at most ${logoMaxBytes} (256 kB) are possible. Make it smaller.`,
    });
  }
  const mediaType = recogniseImage(bytes);
  if (!mediaType) {
    throw new AppError('unsupported_media_type', {
      detail: 'The logo must be a PNG, JPEG or WebP image. Save it as one of these and try again.',
    });
  }
  await sql`
    insert into organization_logos (organization_id, media_type, bytes, updated_at)
    values (${ctx.organizationId}, ${mediaType}, ${bytes}, ${ctx.now})
    on conflict (organization_id) do update set media_type = excluded.media_type, bytes = excluded.bytes,
      updated_at = excluded.updated_at`.execute(ctx.tx);
  const { name, logo } = await selectOrganization(ctx);
  await appendAuditEvents(ctx, [
    {
      action: 'organization.updated',
      target: { kind: 'organization', id: ctx.organizationId, name },
      after: { logo: { mediaType, sha256: createHash('sha256').update(bytes).digest('hex') } },
    },
  ]);
  return logo!;
}

export async function deleteLogo(ctx: Context): Promise<void> {
  requirePermission(ctx, 'organization:update');
  const { rows } = await sql<{ media_type: string }>`
    delete from organization_logos where organization_id = ${ctx.organizationId} returning media_type`.execute(
    ctx.tx,
  );
  if (!rows[0]) throw new AppError('not_found', { detail: 'The organization has no logo.' });
  const { name } = await selectOrganization(ctx);
  await appendAuditEvents(ctx, [
    {
      action: 'organization.updated',
      target: { kind: 'organization', id: ctx.organizationId, name },
      before: { logo: { mediaType: rows[0].media_type } },
      after: { logo: null },
    },
  ]);
}

/** By the signatures of the formats; SVG is none of them, since it can carry scripts. */
function recogniseImage(bytes: Buffer): LogoMediaType | null {
  const starts = (signature: number[]) => signature.every((byte, index) => bytes[index] === byte);
  if (starts([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])) return 'image/png';
  if (starts([0xff, 0xd8, 0xff])) return 'image/jpeg';
  const riff = bytes.toString('latin1', 0, 4) === 'RIFF' && bytes.toString('latin1', 8, 12) === 'WEBP';
  return riff ? 'image/webp' : null;
}
