import { describe, expect, it } from "vitest";
import type { CardNode } from "../flow/document.ts";
import type { Value } from "../flow/value.ts";
import { registry } from "../registry.ts";
import { planFlow } from "./plan.ts";
import { secretWays } from "./secret-ways.ts";

const okta = { v: 1, connection: "okta" };
const event: CardNode = { card: "okta.groups.userRemoved", ...okta };
const secret: CardNode = {
  card: "okta.users.expirePassword",
  ...okta,
  options: { temporaryPassword: "yes" },
};
const custom: CardNode = { card: "okta.api.custom", ...okta };
const read: CardNode = { card: "okta.users.read", ...okta };
const compose = (text: Value): CardNode => ({ card: "core.compose", v: 1, inputs: { text } });

function waysOf(cards: Record<string, CardNode>, hidden?: ReadonlySet<string>) {
  const ids = ["e", ...Object.keys(cards)];
  const edges = ids.slice(1).map((to, index) => ({ from: ids[index] ?? "", out: "next", to }));
  const document = { format: 1 as const, name: "Test", cards: { e: event, ...cards }, edges, layout: {} };
  return secretWays(planFlow(document, registry), hidden);
}

describe("where secrets go in a flow", () => {
  it("a text with one in it is secret, and what a function makes of it, and so on", () => {
    const ways = waysOf({
      s: secret,
      a: compose({ text: ["Your password: ", { ref: ["s", "tempPassword"] }] }),
      b: compose({ ref: ["a", "output"] }),
      c: compose({ ref: ["e", "user", "id"] }),
    });
    expect(ways.get("a")).toMatchObject({
      whole: [["text"]],
      outputs: { whole: [["output"]] },
      inOutputs: true,
    });
    expect(ways.get("b")).toMatchObject({ whole: [["text"]], refs: [["a", "output"]], inOutputs: true });
    expect(ways.get("c")).toMatchObject({ whole: [], keyed: [], inOutputs: false });
  });

  it("only that part of an object is secret that is mapped to it; of a list all is", () => {
    const ref: Value = { ref: ["s", "tempPassword"] };
    const ways = waysOf({
      s: secret,
      u: {
        card: "okta.users.update",
        ...okta,
        inputs: { profile: { object: { nickName: ref, title: { value: "Dr." } } }, user: { list: [ref] } },
      },
    });
    expect(ways.get("u")).toMatchObject({
      whole: [["profile", "nickName"], ["user"]],
      outputs: { whole: [] },
    });
  });

  it("own fields that are passed through carry it on under their names only", () => {
    const fields = ["a", "b"].map((key) => ({ key, label: key, type: "text" }));
    const inputs = { a: { ref: ["s", "tempPassword"] }, b: { ref: ["e", "user", "id"] } } as const;
    const ways = waysOf({
      s: secret,
      n: {
        card: "core.assign",
        v: 1,
        options: { fields },
        inputs: { a: { ...inputs.a, ref: [...inputs.a.ref] }, b: { ...inputs.b, ref: [...inputs.b.ref] } },
      },
      x: compose({ ref: ["n", "a"] }),
      y: compose({ ref: ["n", "b"] }),
    });
    expect(ways.get("x")?.whole).toEqual([["text"]]);
    expect(ways.get("y")?.whole).toEqual([]);
  });

  it("of an answer nobody declared a secret key is secret, and the rest is looked through", () => {
    const ways = waysOf({
      s: custom,
      a: compose({ ref: ["s", "body", "credentials", "password"] }),
      b: compose({ ref: ["s", "body", "name"] }),
      c: compose({ ref: ["b", "output"] }),
    });
    expect(ways.get("a")).toMatchObject({ whole: [["text"]], keyed: [] });
    expect(ways.get("b")).toMatchObject({ whole: [], keyed: [["text"]], outputs: { keyed: [["output"]] } });
    expect(ways.get("c")).toMatchObject({ whole: [], keyed: [["text"]] });
  });

  it("a hidden attribute is secret wherever a reference names it", () => {
    const ways = waysOf(
      {
        r: read,
        a: compose({ ref: ["r", "profile", "ssn"] }),
        b: compose({ ref: ["r", "profile", "city"] }),
      },
      new Set(["ssn"]),
    );
    expect(ways.get("a")?.whole).toEqual([["text"]]);
    expect(ways.get("b")?.whole).toEqual([]);
  });

  it("is found once for a plan and the same marks", () => {
    const document = { format: 1 as const, name: "T", cards: { e: event, s: secret }, edges: [], layout: {} };
    const plan = planFlow(document, registry);
    const hidden = new Set(["ssn"]);
    expect(secretWays(plan, hidden)).toBe(secretWays(plan, hidden));
    expect(secretWays(plan, new Set(["other"]))).not.toBe(secretWays(plan, hidden));
    expect([...secretWays(plan).values()].map(({ inOutputs }) => inOutputs)).toEqual([false, true]);
  });
});
