import { describe, expect, it } from "vitest";
import type { FlowMemory } from "../../../cards/flow-memory.ts";
import { MemoryFlowMemory } from "../../../cards/memory-flow-memory.ts";
import { SEVERITIES, severityOf } from "../../../cards/severity.ts";
import type { JsonObject } from "../../../flow/json.ts";
import { fakeOktaClient } from "../test-okta-client.ts";
import { SEVERITY_CHOICES } from "./alert-settings.ts";
import { oktaEvents } from "./okta-events.ts";
import { sampleLogEvent } from "./sample-event.ts";

function cardOf(id: string) {
  const card = oktaEvents.find(({ description }) => description.id === id);
  if (!card?.matches) throw new Error(`There is no card ${id} with conditions.`);
  return { ...card, matches: card.matches };
}

const START = Date.parse("2026-11-20T09:00:00.000Z");
const added = (number: number, { user = "00u1", minute = 0 } = {}): JsonObject => ({
  ...sampleLogEvent("group.user_membership.add"),
  uuid: `e${number}`,
  published: new Date(START + minute * 60_000).toISOString(),
  target: [{ id: user, type: "User", displayName: user.toUpperCase() }],
});

async function runs(alert: JsonObject, events: JsonObject[], memory: FlowMemory | null) {
  const answers: (boolean | string)[] = [];
  for (const event of events) {
    const { client } = fakeOktaClient();
    const context = { event, options: {}, client, memory, now: new Date(START) };
    const match = await cardOf("okta.groups.userAdded").matches({ ...context, inputs: { alert } });
    answers.push(match === true ? true : "reason" in match ? match.reason : true);
  }
  return answers;
}

describe("how many events it takes", () => {
  it("is one as long as nobody says another", async () => {
    expect(await runs({}, [added(1), added(2)], new MemoryFlowMemory())).toEqual([true, true]);
    expect(await runs({ moreThan: 0 }, [added(1)], new MemoryFlowMemory())).toEqual([true]);
  });

  it("runs for the one above the number and each further one, and not again for one counted before", async () => {
    const memory = new MemoryFlowMemory();
    const [first, second, ...further] = await runs(
      { moreThan: 2 },
      [added(1), added(2), added(3), added(4), added(2)],
      memory,
    );
    expect(first).toBe("this is event 1, and the flow runs when there are more than 2.");
    expect(further).toEqual([true, true, second]);
  });

  it("counts within a window", async () => {
    const events = [0, 4, 20, 24, 29].map((minute, index) => added(index, { minute }));
    const answers = await runs({ moreThan: 2, withinMinutes: 10 }, events, new MemoryFlowMemory());
    expect(answers.map((answer) => answer === true)).toEqual([false, false, false, false, true]);
    expect(answers[1]).toBe(
      "this is event 2 within 10 minutes, and the flow runs when there are more than 2.",
    );
  });

  it("counts each user apart", async () => {
    const events = ["00u1", "00u2", "00u1"].map((user, index) => added(index, { user }));
    const answers = await runs({ moreThan: 1, per: "user" }, events, new MemoryFlowMemory());
    expect(answers.map((answer) => answer === true)).toEqual([false, false, true]);
    expect(answers[1]).toContain("this is event 1 of 00U2 (00u2), and");
  });

  it("counts events without a user together", async () => {
    const events = [1, 2].map((number) => ({ ...added(number), target: null }));
    const answers = await runs({ moreThan: 1, per: "user" }, events, new MemoryFlowMemory());
    expect(answers).toEqual([expect.stringContaining("without a user"), true]);
  });

  it("does not hold up a test, and counts none", async () => {
    expect(await runs({ moreThan: 5 }, [added(1)], null)).toEqual([true]);
  });

  it("refuses numbers that mean nothing", async () => {
    const wrong: JsonObject[] = [{ moreThan: -1 }, { moreThan: 1.5 }, { moreThan: 1, withinMinutes: 0 }];
    for (const alert of wrong) {
      await expect(runs(alert, [added(1)], new MemoryFlowMemory())).rejects.toMatchObject({
        details: { kind: "input", code: "out-of-range" },
      });
    }
  });
});

describe("severity", () => {
  const of = (id: string, severity?: string) =>
    severityOf(cardOf(id), severity === undefined ? {} : { inputs: { alert: { value: { severity } } } });

  it("is what the alert settings say, however they are stored", () => {
    expect(of("okta.users.created", "major")).toBe("major");
    const stored = { inputs: { alert: { object: { severity: { value: "minor" } } } } };
    expect(severityOf(cardOf("okta.users.created"), stored)).toBe("minor");
  });

  it("is the card's own where they say nothing, and none where they say none", () => {
    expect(of("okta.users.deactivated")).toBeNull();
    expect(of("okta.users.created")).toBe("minor");
    expect(of("okta.groups.userAdded")).toBe("minor");
    expect(of("okta.users.administratorRemoved")).toBe("critical");
    expect(of("okta.users.administratorCountExceeded")).toBe("critical");
    expect(of("okta.users.administratorAdded")).toBe("critical");
    expect(of("okta.users.administratorAdded", "none")).toBeNull();
    expect(of("okta.users.administratorCountExceeded")).toBe("critical");
  });

  it("can be chosen as it is known", () => {
    expect(SEVERITY_CHOICES.map(({ value }) => value)).toEqual([...SEVERITIES, "none"]);
  });
});
