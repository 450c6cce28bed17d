import type { Pool } from "pg";
import { type HiddenNames, NOTHING_HIDDEN } from "#lib/cards/secret-keys.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { perPool } from "../db/per-pool.ts";

/** How long the marks of all connections are used before they are read again. */
const FRESH_MS = 2_000;

/** Aliases of the connections a flow acts through or listens to. */
export function connectionsOf({ cards }: Pick<FlowDocument, "cards">): string[] {
  return [...new Set(Object.values(cards).flatMap(({ connection }) => connection ?? []))];
}

interface Marks {
  byAlias: ReadonlyMap<string, readonly string[]>;
  /** Sets given out, by what is in them: plans keep what they found out for the same set. */
  sets: Map<string, HiddenNames>;
}

interface Kept {
  marks: Promise<Marks>;
  until: number;
}

const kept = perPool((): { now?: Kept; sets: Map<string, HiddenNames> } => ({ sets: new Map() }));

/**
 * The profile attributes that are hidden where any of these connections is used. One set for all of a flow: what was read
 * in one org is written to another, and a function does not say whose attribute it was given.
 *
 * Read at most every two seconds, for all executions of the process together.
 *
 * @returns the same set as before while nothing changed
 */
export async function hiddenAttributes(pool: Pool, aliases: Iterable<string>): Promise<HiddenNames> {
  const { byAlias, sets } = await marksNow(pool);
  if (byAlias.size === 0) return NOTHING_HIDDEN;
  const names = [...new Set([...aliases].flatMap((alias) => byAlias.get(alias) ?? []))].toSorted();
  if (names.length === 0) return NOTHING_HIDDEN;
  const key = names.join(" ");
  const known = sets.get(key) ?? new Set(names);
  sets.set(key, known);
  return known;
}

function marksNow(pool: Pool): Promise<Marks> {
  const keeper = kept(pool);
  if (keeper.now && keeper.now.until > Date.now()) return keeper.now.marks;
  const marks = readMarks(pool, keeper.sets);
  const now = { marks, until: Date.now() + FRESH_MS };
  keeper.now = now;
  // Without the marks nothing may be recorded: whoever asks fails and asks anew.
  marks.catch(() => {
    if (keeper.now === now) keeper.now = undefined;
  });
  return marks;
}

async function readMarks(pool: Pool, sets: Marks["sets"]): Promise<Marks> {
  const { rows } = await pool.query<{ alias: string; names: string[] }>({
    name: "hidden-attributes",
    text: "select alias, hidden_attributes as names from connections where hidden_attributes <> '{}'",
  });
  return { byAlias: new Map(rows.map(({ alias, names }) => [alias, names])), sets };
}
