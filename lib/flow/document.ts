import { z } from "zod";
import { jsonSchema } from "./json.ts";
import { flowSettingsSchema } from "./settings.ts";
import { keySchema, valueSchema } from "./value.ts";

/** The newest document format this code reads and the only one it writes. Older ones go through `migrateDocument`. */
export const CURRENT_FORMAT = 1;

/** Ids are short and safe in URLs, CSS selectors and step paths (where "/" and "[" separate lanes). */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, "An id starts with a letter and has letters, digits, _ or - only.")
  // `cards["toString"]` is there in every document, without being a card.
  .refine((id) => !(id in Object.prototype), "This id is reserved.");

export const nameSchema = z
  .string()
  .trim()
  .min(1, "A flow needs a name.")
  .max(200, "A flow's name has at most 200 characters.");
export const descriptionSchema = z.string().max(5000, "A flow's description has at most 5,000 characters.");
export const titleSchema = z.string().max(200, "A card's title has at most 200 characters.");
export const aliasSchema = z.string().max(64, "A connection's name has at most 64 characters.");

/** What happens when a card fails. What is absent has the default named here. */
export const onErrorSchema = z.strictObject({
  /** How often a failed attempt is tried again where the card's `repeat` allows it. 0 to 10, default 3. */
  retry: z.int().min(0).max(10).optional(),
  /** Seconds between two tries. Default: one second, doubled for each further try. Rate limits have their own end. */
  delaySeconds: z.int().min(1).max(3600).optional(),
  /** "rate-limit": waits for a rate limit to end and tries nothing else again. Default "all". */
  only: z.enum(["rate-limit", "all"]).optional(),
  /**
   * Once no try is left. "error": the flow goes on at the way out "error". "call": the execution fails and `flow` is
   * called. Default "fail": the execution fails. Not called "then": an object with that key is taken for a promise
   * wherever one is awaited.
   */
  after: z.enum(["fail", "error", "call"]).optional(),
  /** Id of the flow to call; with `after: "call"` only. It starts with the event card "Card Failed". */
  flow: z.uuid().optional(),
});

export const cardNodeSchema = z.strictObject({
  /** Card id in the catalogue, for example `okta.users.suspend`. */
  card: z.string().min(1),
  /** Version of the card's definition the inputs were filled in for. */
  v: z.int().min(1),
  /** The admin's own name for this card; the catalogue's title where it is absent. */
  title: titleSchema.optional(),
  /** Alias of the connection it acts through; each environment binds the alias. */
  connection: aliasSchema.optional(),
  options: z.record(keySchema, jsonSchema).optional(),
  inputs: z.record(keySchema, valueSchema).optional(),
  onError: onErrorSchema.optional(),
  /** The lane of a container card this card stands in. */
  parent: z.strictObject({ card: idSchema, lane: keySchema }).optional(),
});

export const edgeSchema = z.strictObject({
  from: idSchema,
  /** The way out of `from`: "next", or for branching cards "true", "false", … */
  out: keySchema,
  to: idSchema,
});

export const positionSchema = z.tuple([z.number(), z.number()]);

export const flowDocumentSchema = z.strictObject({
  format: z.literal(CURRENT_FORMAT),
  name: z
    .string()
    .trim()
    .min(1, "A flow needs a name.")
    .max(200, "A flow's name has at most 200 characters."),
  description: z.string().max(5000).optional(),
  cards: z.record(idSchema, cardNodeSchema),
  edges: z.array(edgeSchema),
  settings: flowSettingsSchema.optional(),
  /** Canvas positions in pixels. Apart from the rest: moving a card is not a change to publish. */
  layout: z.record(idSchema, positionSchema),
});

export type FlowDocument = z.infer<typeof flowDocumentSchema>;
export type CardNode = z.infer<typeof cardNodeSchema>;
export type Edge = z.infer<typeof edgeSchema>;
export type OnError = z.infer<typeof onErrorSchema>;
export type Position = z.infer<typeof positionSchema>;

/** An empty draft. */
export function emptyDocument(name: string): FlowDocument {
  return { format: CURRENT_FORMAT, name, cards: {}, edges: [], layout: {} };
}
