import { z } from 'zod';

/** Keyset paging: `cursor` is opaque and comes from the previous page; `limit` is rows per page. */
export const pageQuery = z.strictObject({
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** A page of `item`; `nextCursor` is null on the last one. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), nextCursor: z.string().nullable() });
}

export const idParams = z.strictObject({ id: z.uuid() });
export const instant = z.iso.datetime({ offset: true });
