import { z } from 'zod';
import { instant } from './paging.ts';
import { lineOfText } from './person-fields.ts';
import { userColumns } from './users-list.ts';

const name = lineOfText('The name of the view', 100);
/** The query string of the list of users, without the question mark: `status=invited&sort=name`. */
const query = z.string().max(2000);
const columns = z.array(z.enum(userColumns)).max(userColumns.length);

/** A view of the list of users that somebody keeps for themselves; its name is theirs alone, and unique among theirs. */
export const savedViewInput = z.strictObject({ name, query, columns }).meta({ id: 'SaveView' });
export const savedViewPatch = savedViewInput.partial().meta({ id: 'ChangeSavedView' });
export const savedView = z
  .object({ id: z.uuid(), name: z.string(), query: z.string(), columns, createdAt: instant })
  .meta({ id: 'SavedView' });
export const savedViewList = z.object({ items: z.array(savedView) });

export type SavedView = z.infer<typeof savedView>;
export type SavedViewInput = z.output<typeof savedViewInput>;
