import type { Json } from "../flow/json.ts";
import type { CountRequest, FlowMemory } from "./flow-memory.ts";

interface Counted {
  published: number;
  answer: number;
}

/** What a flow remembers, in memory: for tests of flows and cards. */
export class MemoryFlowMemory implements FlowMemory {
  readonly #counted = new Map<string, Map<string, Counted>>();
  /** As JSON, as a database keeps them. */
  readonly #marks = new Map<string, string>();

  readonly count = async ({ key, event, published, withinMs }: CountRequest): Promise<number> => {
    const name = JSON.stringify([key, withinMs]);
    const events = this.#counted.get(name) ?? new Map<string, Counted>();
    this.#counted.set(name, events);
    const known = events.get(event);
    if (known) return known.answer;
    const at = published.getTime();
    const times = [...events.values()].map((counted) => counted.published);
    const answer = withinMs === undefined ? times.length + 1 : mostWithin([...times, at], at, withinMs);
    events.set(event, { published: at, answer });
    return answer;
  };

  readonly mark = async (key: string): Promise<Json | undefined> => {
    const text = this.#marks.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  };

  readonly setMark = async (key: string, before: Json | undefined, after: Json): Promise<boolean> => {
    const known = before === undefined ? undefined : JSON.stringify(before);
    if (this.#marks.get(key) !== known) return false;
    this.#marks.set(key, JSON.stringify(after));
    return true;
  };
}

/** The most times in any window that holds `at`. A window ends with one of the times. */
function mostWithin(times: number[], at: number, withinMs: number): number {
  const ends = times.filter((end) => end >= at && end <= at + withinMs);
  return Math.max(...ends.map((end) => times.filter((time) => time >= end - withinMs && time <= end).length));
}
