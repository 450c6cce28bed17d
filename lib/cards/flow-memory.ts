import type { Json } from "../flow/json.ts";

/** An event to be counted. */
export interface CountRequest {
  /** What is counted apart: a user, a group, an actor. Each key has numbers of its own. */
  key: string;
  /** Okta's uuid of the event. */
  event: string;
  published: Date;
  /** Milliseconds; without it all events of the key count, however old. */
  withinMs?: number;
}

/** What a live flow remembers from one event to the next, across workers and restarts. Each flow has its own. */
export interface FlowMemory {
  /**
   * Counts an event, and answers the how-manieth it is. With a window: the most events of the key counted so far,
   * this one among them, that lie no further apart than the window, so that events which arrive out of order are
   * missed no more than others. The same event counted again, at once or later, changes nothing and gets the same
   * answer.
   */
  count: (request: CountRequest) => Promise<number>;
  /** What was remembered under a name; undefined where nothing was. */
  mark: (key: string) => Promise<Json | undefined>;
  /**
   * Remembers something in place of what was read before.
   * @returns false where somebody else has changed it since it was read; nothing is written then.
   */
  setMark: (key: string, before: Json | undefined, after: Json) => Promise<boolean>;
}
