import { describe, expect, it, vi } from "vitest";
import type { Field, Fields } from "#lib/cards/field.ts";
import { MASK } from "#lib/cards/mask.ts";
import { type HiddenNames, NOTHING_HIDDEN } from "#lib/cards/secret-keys.ts";
import { type PlannedCard, planCard, planFlow } from "#lib/engine/plan.ts";
import { secretWays } from "#lib/engine/secret-ways.ts";
import type { CardNode } from "#lib/flow/document.ts";
import type { Json, JsonObject } from "#lib/flow/json.ts";
import { registry } from "#lib/registry.ts";
import { documentOf } from "../db/test-records.ts";
import { openOutputs, sealOutputs, shownOutputs } from "./seal-outputs.ts";
import { SEALED } from "./sealed-json.ts";
import { SecretUnreadableError } from "./vault.ts";

vi.mock("../env/env.ts", () => ({ env: () => ({ secretKey: keys.now }) }));
const keys = vi.hoisted(() => ({ now: Buffer.alloc(32, 7) }));

const EXECUTION = "01a20000-0000-7000-8000-000000000001";
const EVENT: CardNode = { card: "okta.groups.userRemoved", v: 1, connection: "okta" };

/** A card behind an event, as it is planned in a flow. */
function inFlow(node: CardNode, hidden: HiddenNames = NOTHING_HIDDEN) {
  const edges = [{ from: "e", out: "next", to: "c" }];
  const plan = planFlow(documentOf({ cards: { e: EVENT, c: node }, edges }), registry);
  const planned = plan.order.find(({ id }) => id === "c");
  const ways = secretWays(plan, hidden).get("c");
  if (!planned || !ways) throw new Error("The card is in the plan.");
  return {
    planned,
    seal: (outputs: JsonObject) => sealOutputs(outputs, planned, { ways, hidden, executionId: EXECUTION }),
  };
}

const open = (outputs: JsonObject, executionId = EXECUTION) =>
  openOutputs(outputs, { executionId, path: "c" });

const TEMPORARY: CardNode = {
  card: "okta.users.expirePassword",
  v: 1,
  connection: "okta",
  options: { temporaryPassword: "yes" },
};
const CUSTOM: CardNode = { card: "okta.api.custom", v: 1, connection: "okta" };
const READ: CardNode = { card: "okta.users.read", v: 1, connection: "okta" };

describe("outputs with a secret", () => {
  it("are stored with a mark in its place, and opened as they were", () => {
    const outputs = { statusCode: 200, tempPassword: "Tmp-Canary" };
    const stored = inFlow(TEMPORARY).seal(outputs);
    expect(stored).toEqual({ statusCode: 200, tempPassword: MASK, [SEALED]: expect.anything() });
    expect(JSON.stringify(stored)).not.toContain("Canary");
    expect(open(stored)).toEqual(outputs);
    expect(shownOutputs(stored)).toEqual({ statusCode: 200, tempPassword: MASK });
  });

  it("are opened for their own execution and card only", () => {
    const stored = inFlow(TEMPORARY).seal({ tempPassword: "Tmp-Canary" });
    expect(() => open(stored, "01a20000-0000-7000-8000-000000000002")).toThrow(SecretUnreadableError);
    expect(() => openOutputs(stored, { executionId: EXECUTION, path: "c2" })).toThrow(SecretUnreadableError);
  });

  it("say which key they need when it is another one now", () => {
    const stored = inFlow(TEMPORARY).seal({ tempPassword: "Tmp-Canary" });
    keys.now = Buffer.alloc(32, 8);
    expect(() => open(stored)).toThrow(/FLOWDECK_SECRET_KEY is key/);
    keys.now = Buffer.alloc(32, 7);
  });

  it("that were stored before secrets were sealed are what they are", () => {
    const stored = { statusCode: 200, tempPassword: "Tmp-Canary" };
    expect(open(stored)).toBe(stored);
  });

  it("keep what an answer says that looks like something sealed, or like a prototype", () => {
    const body: Json = JSON.parse(
      '{"$sealed":"a.b.c","keyId":"0","tempPassword":"Canary","__proto__":{"token":"Canary"},"list":[{"token":"Canary"},1]}',
    );
    const outputs = { statusCode: 200, headers: {}, body };
    const stored = inFlow(CUSTOM).seal(outputs);
    expect(JSON.stringify(stored)).not.toContain("Canary");
    expect(JSON.stringify(open(stored))).toBe(JSON.stringify(outputs));
  });

  it("have texts in them that only the database would change", () => {
    const outputs = { statusCode: 200, tempPassword: "\u0000\ud800ü" };
    expect(open(inFlow(TEMPORARY).seal(outputs))).toEqual(outputs);
  });
});

describe("outputs without a secret", () => {
  it("are not copied, nor is anything sealed", () => {
    const custom = { statusCode: 200, headers: {}, body: { id: "1", password: {} } };
    expect(inFlow(CUSTOM).seal(custom)).toBe(custom);
    const read = { id: "1", profile: { tempPassword: "an attribute of the org" } };
    expect(inFlow(READ).seal(read)).toBe(read);
  });
});

describe("hidden attributes", () => {
  const user = { id: "1", profile: { login: "ann", ssn: "Canary", nested: [{ ssn: "Canary" }] } };
  const outputs = { id: "1", profile: user.profile, rawBody: user };

  it("are sealed wherever they stand", () => {
    const stored = inFlow(READ, new Set(["ssn"])).seal(outputs);
    expect(JSON.stringify(stored)).not.toContain("Canary");
    expect(stored).toMatchObject({ profile: { login: "ann", ssn: MASK, nested: [{ ssn: MASK }] } });
    expect(open(stored)).toEqual(outputs);
  });

  it("are known by upper and lower case, and their absence may be seen", () => {
    const stored = inFlow(READ, new Set(["SSN", "login", "gone"])).seal({
      ...outputs,
      profile: { login: null },
    });
    expect(stored).toMatchObject({
      profile: { login: null },
      rawBody: { profile: { login: MASK, ssn: "Canary" } },
    });
  });
});

/** Every card with every choice of its options, as far as its outputs may hold a secret. */
const SECRETIVE = registry.cards.flatMap(({ description }): [string, CardNode][] => {
  if (description.kind === "note") return [];
  const options = Object.entries(description.options).flatMap(([key, { choices = [] }]) =>
    choices.map(({ value }) => ({ [key]: value })),
  );
  return [{}, ...options].flatMap((chosen): [string, CardNode][] => {
    const node: CardNode = {
      card: description.id,
      v: description.version,
      connection: "okta",
      options: chosen,
    };
    const { outputs } = planCard("c", node, registry);
    return canary(outputs) === undefined ? [] : [[`${description.id} ${JSON.stringify(chosen)}`, node]];
  });
});

/** Outputs with a canary in every place where a secret may stand; undefined where there is none. */
function canary(fields: Fields): JsonObject | undefined {
  const found = Object.entries(fields).flatMap(([key, field]): [string, Json][] => {
    const value = canaryOf(field);
    return value === undefined ? [] : [[key, field.list ? [value] : value]];
  });
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}

function canaryOf(field: Field): Json | undefined {
  if (field.secret) return "Canary";
  if (field.secretKeys)
    return { id: "1", inner: [{ password: { value: "Canary" }, activationToken: "Canary" }] };
  return field.fields && canary(field.fields);
}

describe("every card with secret outputs", () => {
  it("is among those that are looked at", () => {
    const ids = SECRETIVE.map(([name]) => name);
    expect(ids).toContain('okta.users.expirePassword {"temporaryPassword":"yes"}');
    expect(ids.length).toBeGreaterThan(40);
  });

  it.each(SECRETIVE)("%s stores none of them in the clear", (_, node) => {
    const { planned, seal }: { planned: PlannedCard; seal: (outputs: JsonObject) => JsonObject } = inFlow(
      registry.card(node.card)?.description.kind === "event" ? CUSTOM : node,
    );
    const outputs = canary(planned.outputs) ?? {};
    const stored = seal(outputs);
    expect(JSON.stringify(stored)).not.toContain("Canary");
    expect(open(stored)).toEqual(outputs);
  });
});
