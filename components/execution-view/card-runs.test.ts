import { describe, expect, it } from "vitest";
import { executionView, step } from "#components/executions/test-executions.ts";
import type { ExecutionView, StepError, StepView } from "#lib/api/executions.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { catalogue } from "#lib/registry.ts";
import { cardOverlays } from "./card-overlay.ts";
import { cardRuns, defaultRun, returningRun } from "./card-runs.ts";
import { settledNote } from "./settled-note.ts";
import { whySkipped } from "./why-skipped.ts";

const error: StepError = { kind: "unavailable", code: "E0000009", message: "Okta had an error." };

/** event -> if -> (true) suspend -> return; (false) compose; a note; the event stands last in the document. */
const document: FlowDocument = {
  format: 1,
  name: "Test",
  cards: {
    c6: { card: "core.note", v: 1 },
    c5: { card: "core.compose", v: 1 },
    c4: { card: "core.return", v: 1 },
    c3: { card: "okta.users.suspend", v: 1, title: "Suspend the contractor", connection: "sandbox" },
    c2: { card: "core.if", v: 1 },
    c1: { card: "okta.groups.userRemoved", v: 1, connection: "sandbox" },
  },
  edges: [
    { from: "c1", out: "next", to: "c2" },
    { from: "c2", out: "true", to: "c3" },
    { from: "c2", out: "false", to: "c5" },
    { from: "c3", out: "next", to: "c4" },
  ],
  layout: {},
};

function runsOf(steps: StepView[], changes: Partial<ExecutionView> = {}) {
  const execution = executionView({ document, steps, ...changes });
  const runs = cardRuns(execution, catalogue);
  const by = (path: string) => {
    const run = runs.find((one) => one.path === path);
    if (!run) throw new Error(`No run of ${path}`);
    return run;
  };
  return { execution, runs, by, why: (path: string) => whySkipped(by(path), runs, execution) };
}

describe("the cards of an execution", () => {
  it("stand in the order they run, without notes", () => {
    expect(runsOf([]).runs.map(({ path }) => path)).toEqual(["c1", "c2", "c3", "c5", "c4"]);
  });

  it("have their attempts in order and the last one's status", () => {
    const { by } = runsOf([
      step("c3", { attempt: 2 }),
      step("c3", { attempt: 1, status: "failed", error }),
      step("c1"),
    ]);
    expect(by("c3").attempts.map(({ attempt }) => attempt)).toEqual([1, 2]);
    expect(by("c3").status).toBe("succeeded");
    expect(by("c3").title).toBe("Suspend the contractor");
    expect(by("c2").status).toBe("none");
  });

  it("wait where the execution waits to try them again", () => {
    const retrying = step("c3", {
      status: "failed",
      error: { ...error, retryAt: "2026-11-21T09:00:20.000Z" },
    });
    expect(runsOf([retrying], { status: "waiting" }).by("c3").status).toBe("waiting");
    expect(runsOf([retrying], { status: "running" }).by("c3").status).toBe("failed");
  });

  it("keep a step whose card is in no document we know", () => {
    const { by } = runsOf([step("c9/each[0]/c7")]);
    expect(by("c9/each[0]/c7")).toMatchObject({ title: "c9/each[0]/c7", cardId: "c7", node: undefined });
  });

  it("are looked at first where it stopped, else where it is, else at the end", () => {
    const steps = [step("c1"), step("c2", { exit: "true" }), step("c3"), step("c5", { status: "skipped" })];
    const done = runsOf(steps);
    expect(defaultRun(done.runs, done.execution)?.path).toBe("c3");
    const failed = runsOf([step("c1"), step("c2", { status: "failed", error })], {
      status: "failed",
      error: { ...error, path: "c2" },
    });
    expect(defaultRun(failed.runs, failed.execution)?.path).toBe("c2");
    const queued = runsOf([]);
    expect(defaultRun(queued.runs, queued.execution)?.path).toBe("c1");
  });

  it("tell which of them gave the result", () => {
    expect(returningRun(runsOf([step("c3"), step("c4", { exit: undefined })]).runs)?.path).toBe("c4");
    expect(returningRun(runsOf([step("c3"), step("c4", { status: "skipped" })]).runs)).toBeUndefined();
  });

  it("show duration, attempt and way on the canvas", () => {
    const { runs } = runsOf([
      step("c1"),
      step("c2", { attempt: 1, status: "failed" }),
      step("c2", { attempt: 2 }),
    ]);
    const overlays = cardOverlays(runs);
    expect(overlays.get("c1")).toEqual({ status: "succeeded", exit: "next", detail: "100 ms" });
    expect(overlays.get("c2")?.detail).toBe("100 ms, attempt 2");
    expect(overlays.has("c3")).toBe(false);
  });
});

describe("why a card was skipped", () => {
  const skipped = (path: string, because?: string) =>
    step(path, { status: "skipped", because, exit: undefined });

  it("names the card that decided, the way it took, and the way the card is on", () => {
    const { why } = runsOf([step("c2", { exit: "false" }), skipped("c3", "c2"), skipped("c4", "c2")]);
    expect(why("c3")).toBe("“If/Else” took the way “False”; this card stands on “True”.");
    expect(why("c4")).toBe("“If/Else” took the way “False”; this card stands on “True”.");
  });

  it("says that the flow was ended", () => {
    const { why } = runsOf([step("c4", { exit: undefined }), skipped("c5", "c4")]);
    expect(why("c5")).toBe("“Return” ended the flow before this card.");
  });

  it("says that it was cancelled, or that nothing leads there", () => {
    expect(runsOf([skipped("c3")], { status: "cancelled" }).why("c3")).toContain("cancelled");
    expect(runsOf([skipped("c3")]).why("c3")).toBe("No way leads from the event to this card.");
  });

  it("says where an execution failed before it came to the card", () => {
    const failed = { status: "failed" as const, error: { ...error, path: "c3" } };
    expect(runsOf([step("c3", { status: "failed", error })], failed).why("c4")).toBe(
      "Not reached: the execution failed at “Suspend the contractor”.",
    );
    expect(runsOf([], failed).why("c3")).toBeUndefined();
    expect(runsOf([], { status: "running" }).why("c4")).toBeUndefined();
    expect(runsOf([step("c1")]).why("c1")).toBeUndefined();
  });
});

it("tells how an unknown outcome was settled", () => {
  expect(settledNote(step("c3", { settled: "readBack" }))).toContain("had taken effect");
  expect(settledNote(step("c3", { settled: "person", status: "failed" }))).toContain("not taken effect");
  const given = step("c3", { settled: "person", settledBy: "Ann", outputs: { id: "00u1" } });
  expect(settledNote(given)).toContain("Ann looked and said that it had taken effect, and gave its outputs");
  expect(settledNote({ ...given, outputs: {} })).toMatch(/taken effect\.$/);
  expect(settledNote(step("c3"))).toBeUndefined();
});
