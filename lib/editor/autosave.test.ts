import { beforeEach, expect, test, vi } from "vitest";
import { emptyDocument } from "../flow/document.ts";
import {
  AUTOSAVE_IDLE_MS,
  AUTOSAVE_MAX_MS,
  createAutosave,
  type SaveOutcome,
  type SaveRequest,
  type SaveState,
} from "./autosave.ts";

beforeEach(() => {
  vi.useFakeTimers();
});

const named = (name: string) => emptyDocument(name);
const theirs = {
  revision: 9,
  document: named("theirs"),
  updatedBy: "Bea",
  updatedAt: "2026-11-21T10:00:00.000Z",
};

/** An autosave whose requests stay open until the test answers them. */
function setUp() {
  const requests: SaveRequest[] = [];
  const answers: ((outcome: SaveOutcome) => void)[] = [];
  const states: SaveState["status"][] = [];
  const autosave = createAutosave({
    save: (request) => {
      requests.push(request);
      return new Promise((resolve) => answers.push(resolve));
    },
    initial: { revision: 1, document: named("start") },
    onState: (state) => states.push(state.status),
  });
  const answer = async (outcome: SaveOutcome) => {
    answers.shift()?.(outcome);
    await vi.advanceTimersByTimeAsync(0);
  };
  return { autosave, requests, states, answer };
}

test("saves once, a moment after the last edit, with the revision it is based on", async () => {
  const { autosave, requests, states, answer } = setUp();
  autosave.changed(named("a"));
  await vi.advanceTimersByTimeAsync(AUTOSAVE_IDLE_MS - 1);
  autosave.changed(named("b"));
  await vi.advanceTimersByTimeAsync(AUTOSAVE_IDLE_MS - 1);
  expect(requests).toHaveLength(0);
  await vi.advanceTimersByTimeAsync(1);
  expect(requests).toMatchObject([{ revision: 1, document: { name: "b" }, keepalive: false }]);
  await answer({ kind: "saved", revision: 2 });
  expect(states).toEqual(["unsaved", "saving", "saved"]);
  expect(autosave.revision()).toBe(2);
});

test("steady typing is saved all the same", async () => {
  const { autosave, requests } = setUp();
  for (let at = 0; at <= AUTOSAVE_MAX_MS; at += 100) {
    autosave.changed(named(`at ${at}`));
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(requests).toHaveLength(1);
});

test("an edit made while saving is saved next, on the new revision", async () => {
  const { autosave, requests, answer } = setUp();
  autosave.changed(named("a"));
  await vi.advanceTimersByTimeAsync(AUTOSAVE_IDLE_MS);
  autosave.changed(named("b"));
  await answer({ kind: "saved", revision: 2 });
  expect(autosave.state().status).toBe("unsaved");
  await vi.advanceTimersByTimeAsync(AUTOSAVE_IDLE_MS);
  expect(requests.at(-1)).toMatchObject({ revision: 2, document: { name: "b" } });
});

test("keeps trying while the console is away, ever more rarely, and says so", async () => {
  const { autosave, requests, answer } = setUp();
  autosave.changed(named("a"));
  await vi.advanceTimersByTimeAsync(AUTOSAVE_IDLE_MS);
  await answer({ kind: "unavailable", message: "away" });
  expect(autosave.state()).toEqual({ status: "retrying", message: "away", attempt: 1 });
  autosave.changed(named("b"));
  await vi.advanceTimersByTimeAsync(1000);
  expect(requests).toHaveLength(2);
  expect(requests[1]).toMatchObject({ revision: 1, document: { name: "b" } });
  await answer({ kind: "unavailable", message: "away" });
  await vi.advanceTimersByTimeAsync(1999);
  expect(requests).toHaveLength(2);
  await vi.advanceTimersByTimeAsync(1);
  await answer({ kind: "saved", revision: 2 });
  expect(autosave.state().status).toBe("saved");
});

test("a conflict stops saving until a person decides; keeping mine saves over theirs", async () => {
  const { autosave, requests, answer } = setUp();
  autosave.changed(named("mine"));
  await vi.advanceTimersByTimeAsync(AUTOSAVE_IDLE_MS);
  await answer({ kind: "conflict", theirs });
  autosave.changed(named("mine too"));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(requests).toHaveLength(1);
  expect(autosave.state()).toMatchObject({ status: "conflict", theirs: { updatedBy: "Bea" } });
  const done = autosave.overwrite();
  await vi.advanceTimersByTimeAsync(0);
  expect(requests[1]).toMatchObject({ revision: 9, document: { name: "mine too" } });
  await answer({ kind: "saved", revision: 10 });
  await expect(done).resolves.toEqual({ status: "saved" });
});

test("taking theirs drops the conflict and the edits", async () => {
  const { autosave, requests, answer } = setUp();
  autosave.changed(named("mine"));
  await vi.advanceTimersByTimeAsync(AUTOSAVE_IDLE_MS);
  await answer({ kind: "conflict", theirs });
  autosave.adopt(theirs);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(autosave.state().status).toBe("saved");
  expect(autosave.revision()).toBe(9);
  expect(requests).toHaveLength(1);
});

test("flushing sends at once, outlives the page, and waits for edits made meanwhile", async () => {
  const { autosave, requests, answer } = setUp();
  autosave.changed(named("a"));
  const done = autosave.flush({ keepalive: true });
  await vi.advanceTimersByTimeAsync(0);
  expect(requests).toMatchObject([{ keepalive: true }]);
  autosave.changed(named("b"));
  await answer({ kind: "saved", revision: 2 });
  expect(requests[1]).toMatchObject({ revision: 2, document: { name: "b" } });
  await answer({ kind: "saved", revision: 3 });
  await expect(done).resolves.toEqual({ status: "saved" });
});

test("an answer to a request from before a restore does not change the revision", async () => {
  const { autosave, answer } = setUp();
  autosave.changed(named("a"));
  await vi.advanceTimersByTimeAsync(AUTOSAVE_IDLE_MS);
  autosave.adopt({ revision: 5, document: named("restored") });
  await answer({ kind: "saved", revision: 2 });
  expect(autosave.revision()).toBe(5);
  expect(autosave.state().status).toBe("saved");
});

test("undoing back to what is saved needs no request", async () => {
  const start = named("start");
  const save = vi.fn(async (): Promise<SaveOutcome> => ({ kind: "saved", revision: 2 }));
  const autosave = createAutosave({ save, initial: { revision: 1, document: start }, onState: () => {} });
  autosave.changed(named("a"));
  autosave.changed(start);
  await vi.advanceTimersByTimeAsync(AUTOSAVE_MAX_MS);
  expect(save).not.toHaveBeenCalled();
  expect(autosave.state().status).toBe("saved");
});

test("what the server refuses is said, and the next edit tries again", async () => {
  const { autosave, requests, answer } = setUp();
  autosave.changed(named("a"));
  await vi.advanceTimersByTimeAsync(AUTOSAVE_IDLE_MS);
  await answer({ kind: "refused", message: "Sign in again." });
  expect(autosave.state()).toEqual({ status: "refused", message: "Sign in again." });
  autosave.changed(named("b"));
  await vi.advanceTimersByTimeAsync(AUTOSAVE_IDLE_MS);
  expect(requests).toHaveLength(2);
});
