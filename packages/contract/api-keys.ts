import { z } from 'zod';
import { instant, pageOf, pageQuery } from './paging.ts';
import { permissionNames } from './permissions.ts';
import { lineOfText } from './person-fields.ts';

const permission = z.enum(permissionNames, {
  error: 'There is no such permission. Take its name from the table of permissions.',
});

/** POST /api-keys. At most the permissions of who creates it; `expiresAt` at most a year from now. */
export const createApiKeyInput = z
  .strictObject({
    name: lineOfText('The name of the key', 100),
    permissions: z
      .array(permission)
      .min(1, { error: 'Choose at least one permission.' })
      .max(permissionNames.length)
      .overwrite((names) => [...new Set(names)].sort()),
    expiresAt: instant,
  })
  .meta({ id: 'CreateApiKey' });

export const apiKeyView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    /** The last characters of the secret, to tell keys apart. */
    hint: z.string(),
    permissions: z.array(z.enum(permissionNames)),
    user: z.object({ id: z.uuid(), name: z.string() }),
    createdAt: instant,
    expiresAt: instant,
    lastUsedAt: instant.nullable(),
    expired: z.boolean(),
  })
  .meta({ id: 'ApiKey' });

/** `secret` is told this once and is stored hashed only; the replay of an Idempotency-Key has null in its place. */
export const createdApiKey = apiKeyView
  .extend({ secret: z.string().nullable() })
  .meta({ id: 'CreatedApiKey' });

/** GET /api-keys: one's own, or with `owner=all` (permission sessions:end) those of the organization. */
export const apiKeyQuery = pageQuery.extend({ owner: z.enum(['own', 'all']).default('own') });
export const apiKeyPage = pageOf(apiKeyView).meta({ id: 'ApiKeys' });

export type CreateApiKeyInput = z.infer<typeof createApiKeyInput>;
export type ApiKeyView = z.infer<typeof apiKeyView>;
export type CreatedApiKey = z.infer<typeof createdApiKey>;
