import type { FlowDocument } from "../flow/document.ts";

/** The draft somebody else saved while this editor had unsaved edits. */
export interface TheirDraft {
  revision: number;
  document: FlowDocument;
  updatedBy: string;
  /** ISO 8601. */
  updatedAt: string;
}

export type SaveOutcome =
  | { kind: "saved"; revision: number }
  | { kind: "conflict"; theirs: TheirDraft }
  /** No answer, or one that says to come back: the same request may work later. */
  | { kind: "unavailable"; message: string }
  /** The server will not take this, now or later (signed out, no permission, unreadable document). */
  | { kind: "refused"; message: string };

export interface SaveRequest {
  revision: number;
  document: FlowDocument;
  /** The page is going away: the request must outlive it. */
  keepalive: boolean;
}

/** Where drafts are saved. Never throws. */
export type SavePort = (request: SaveRequest) => Promise<SaveOutcome>;

/** What the top bar says about the draft. Only "saved" may claim that nothing would be lost. */
export type SaveState =
  | { status: "saved" }
  | { status: "unsaved" }
  | { status: "saving" }
  | { status: "retrying"; message: string; attempt: number }
  | { status: "refused"; message: string }
  | { status: "conflict"; theirs: TheirDraft };

export interface Autosave {
  state: () => SaveState;
  /** Revision of the draft as the server has it. */
  revision: () => number;
  /** Takes note of an edit; saves soon. */
  changed: (document: FlowDocument) => void;
  /** Saves at once what is unsaved. Resolves when it is saved, or can't be for now. */
  flush: (options?: { keepalive?: boolean }) => Promise<SaveState>;
  /** The server's draft is now this one: loaded, restored or taken over. Unsaved edits are dropped. */
  adopt: (saved: { revision: number; document: FlowDocument }) => void;
  /** Ends a conflict by saving over what the other one saved. */
  overwrite: () => Promise<SaveState>;
  /** Stops all timers. Edits not saved by then are lost. */
  dispose: () => void;
}

export const AUTOSAVE_IDLE_MS = 500;
export const AUTOSAVE_MAX_MS = 5000;
const RETRY_FIRST_MS = 1000;
const RETRY_MAX_MS = 30_000;

/**
 * Saves a draft a moment after the last edit, and at the latest some seconds after the first. One request is in
 * flight at a time, each with the revision it is based on, so that two editors never overwrite each other: the server
 * answers with a conflict, which only a person ends.
 */
export function createAutosave(options: {
  save: SavePort;
  initial: { revision: number; document: FlowDocument };
  onState: (state: SaveState) => void;
}): Autosave {
  let revision = options.initial.revision;
  let saved = options.initial.document;
  let current = saved;
  let state: SaveState = { status: "saved" };
  let inFlight: Promise<void> | undefined;
  let attempt = 0;
  /** Grows when the server's draft is replaced, so that an answer to an older request is not believed. */
  let epoch = 0;
  let idle: ReturnType<typeof setTimeout> | undefined;
  let latest: ReturnType<typeof setTimeout> | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;

  const become = (next: SaveState): void => {
    if (next.status === state.status && next.status !== "retrying" && next.status !== "conflict") return;
    state = next;
    options.onState(next);
  };
  const clearTimers = (): void => {
    for (const timer of [idle, latest, retry]) clearTimeout(timer);
    idle = latest = retry = undefined;
  };
  const schedule = (): void => {
    clearTimeout(idle);
    idle = setTimeout(start, AUTOSAVE_IDLE_MS);
    latest ??= setTimeout(start, AUTOSAVE_MAX_MS);
  };

  function start(keepalive = false): void {
    if (inFlight || state.status === "conflict" || current === saved) return;
    clearTimers();
    const request = send(keepalive).finally(() => {
      // After an adopt there may be a newer one.
      if (inFlight === request) inFlight = undefined;
    });
    inFlight = request;
  }

  async function send(keepalive: boolean): Promise<void> {
    const document = current;
    const startedIn = epoch;
    if (state.status !== "retrying") become({ status: "saving" });
    const outcome = await options.save({ revision, document, keepalive });
    if (startedIn !== epoch) return;
    settle(outcome, document);
  }

  function settle(outcome: SaveOutcome, document: FlowDocument): void {
    switch (outcome.kind) {
      case "saved":
        attempt = 0;
        revision = outcome.revision;
        saved = document;
        become({ status: current === saved ? "saved" : "unsaved" });
        if (current !== saved) schedule();
        break;
      case "conflict":
        clearTimers();
        become({ status: "conflict", theirs: outcome.theirs });
        break;
      case "refused":
        clearTimers();
        become({ status: "refused", message: outcome.message });
        break;
      case "unavailable":
        attempt += 1;
        become({ status: "retrying", message: outcome.message, attempt });
        clearTimers();
        retry = setTimeout(start, Math.min(RETRY_FIRST_MS * 2 ** (attempt - 1), RETRY_MAX_MS));
    }
  }

  async function flush({ keepalive = false } = {}): Promise<SaveState> {
    await inFlight;
    start(keepalive);
    await inFlight;
    // An edit made while the request was under way is part of "what is unsaved".
    if (state.status === "unsaved") return flush({ keepalive });
    return state;
  }

  return {
    state: () => state,
    revision: () => revision,
    changed(document) {
      current = document;
      if (state.status === "conflict") return;
      if (current === saved) {
        // Undone back to what is saved; a request under way would still change the server, so let it finish first.
        if (inFlight) return;
        clearTimers();
        return become({ status: "saved" });
      }
      if (inFlight || state.status === "retrying") return;
      become({ status: "unsaved" });
      schedule();
    },
    flush,
    adopt(draft) {
      epoch += 1;
      clearTimers();
      attempt = 0;
      inFlight = undefined;
      revision = draft.revision;
      saved = current = draft.document;
      become({ status: "saved" });
    },
    async overwrite() {
      if (state.status !== "conflict") return state;
      revision = state.theirs.revision;
      become({ status: "unsaved" });
      return flush();
    },
    dispose: clearTimers,
  };
}
