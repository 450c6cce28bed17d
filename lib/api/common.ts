import { z } from "zod";

/** ISO 8601 in UTC. */
export const instantSchema = z.iso.datetime();
export const idParams = z.object({ id: z.uuid() });
export const okSchema = z.object({ ok: z.literal(true) });

/** Query of a list that pages: the cursor is opaque, taken from the page before. */
export const pageQuery = {
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** A page of a list; `next` is missing on the last one. */
export function pageOf<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: z.string().optional() });
}
