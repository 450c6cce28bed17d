import { describe, expect, test } from "vitest";
import type { CardNode, FlowDocument } from "../flow/document.ts";
import type { Ref } from "../flow/value.ts";
import { askedOutputs } from "./asked-outputs.ts";
import { convertFields } from "./convert.ts";
import { testCatalogue } from "./test-catalogue.ts";

const create: CardNode = { card: "test.create", v: 2 };
const read = (ref: Ref): CardNode => ({ card: "test.read", v: 1, title: "Look", inputs: { user: { ref } } });
const compose = (...refs: Ref[]): CardNode => ({
  card: "test.compose",
  v: 1,
  title: "Tell them",
  inputs: { text: { text: ["Of ", ...refs.map((ref) => ({ ref }))] } },
});

/** Cards one after the other, by their next ways. */
function chain(cards: FlowDocument["cards"], edges?: FlowDocument["edges"]) {
  const ids = Object.keys(cards);
  const next = ids.slice(1).map((to, index) => ({ from: ids[index] ?? "", out: "next", to }));
  return { cards, edges: edges ?? next };
}

const asked = (document: ReturnType<typeof chain>, card = "make") =>
  askedOutputs(document, card, testCatalogue);

describe("the outputs asked for where the answer to a card was lost", () => {
  test("are those that later cards use, and only those", () => {
    expect(asked(chain({ make: create, tell: compose(["other", "id"]) }))).toEqual({});
    expect(asked(chain({ make: create, tell: compose(["make", "id"]) }))).toEqual({
      id: { type: "text", label: "ID", required: false, help: "Used by “Tell them”." },
    });
    expect(asked(chain({ make: create }), "gone")).toEqual({});
  });

  test("are required where a card that is surely reached can't run without them", () => {
    const look = read(["make", "id"]);
    expect(asked(chain({ make: create, look })).id).toMatchObject({ required: true });
    const choice: CardNode = { card: "test.if", v: 1 };
    const behindBranch = chain({ make: create, choice, look }, [
      { from: "make", out: "next", to: "choice" },
      { from: "choice", out: "true", to: "look" },
    ]);
    expect(asked(behindBranch).id).toMatchObject({
      required: false,
      help: "Used by “Look”. Should the flow come to “Look”, that can't do without.",
    });
    const mayFail: CardNode = { ...compose(["make", "id"]), onError: { after: "error" } };
    expect(asked(chain({ make: create, mayFail, look })).id).toMatchObject({ required: false });
  });

  test("are not required in a text, nor as one item of a list among others", () => {
    const list = (...refs: Ref[]): CardNode => ({
      ...create,
      inputs: { groups: { list: [{ value: "00g1" }, ...refs.map((ref) => ({ ref }))] } },
    });
    const document = chain({ make: create, more: list(["make", "id"]), tell: compose(["make", "id"]) });
    expect(asked(document).id).toMatchObject({
      required: false,
      help: "Used by “Create User” and “Tell them”.",
    });
  });

  test("of an object are the keys in use, of a list the list", () => {
    const document = chain({
      make: { card: "test.event", v: 1 },
      look: read(["make", "user", "id"]),
      tell: compose(["make", "groups", "0", "name"], ["make", "groups", "name"]),
    });
    expect(asked(document)).toMatchObject({
      user: { type: "object", required: true, fields: { id: { type: "text", required: true } } },
      groups: { type: "object", list: true, required: false, fields: { name: { type: "text" } } },
    });
    expect(Object.keys(asked(document).user?.fields ?? {})).toEqual(["id"]);
  });

  test("nobody declared have the type of the inputs they go to", () => {
    const body = (...rest: string[]): Ref => ["make", "raw", ...rest];
    const level: CardNode = { ...create, inputs: { level: { ref: body("level") } } };
    const document = chain({
      make: { card: "test.event", v: 1 },
      level,
      look: read(body("user", "id")),
      tell: compose(body("items", "0"), body("free")),
    });
    const { raw } = asked(document);
    expect(raw).toMatchObject({
      type: "object",
      label: "Raw event",
      fields: {
        level: { type: "number", label: "level", required: false },
        user: { type: "object", fields: { id: { type: "text", required: true } } },
        items: { type: "any", list: true },
        free: { type: "any" },
      },
    });
    const whole = chain({ make: { card: "test.event", v: 1 }, tell: compose(body(), body("id")) });
    const { type, fields } = asked(whole).raw ?? {};
    expect({ type, fields }).toEqual({ type: "object", fields: undefined });
  });

  test("are all there are where a card takes the card as a whole", () => {
    const document = chain({ make: { card: "test.read", v: 1 }, tell: compose(["make"]) });
    expect(Object.keys(asked(document))).toEqual(["email", "profile"]);
  });

  test("of inputs that an option hides are not asked for", () => {
    const hidden: CardNode = { ...create, inputs: { password: { ref: ["make", "id"] } } };
    expect(asked(chain({ make: create, hidden }))).toEqual({});
    const shown = { ...hidden, options: { mode: "password" } };
    expect(asked(chain({ make: create, shown })).id).toMatchObject({ required: true });
  });

  test("are checked like inputs", () => {
    const document = chain({
      make: { card: "test.event", v: 1 },
      look: read(["make", "user", "id"]),
      tell: compose(["make", "count"]),
    });
    const check = (values: Parameters<typeof convertFields>[0]) => convertFields(values, asked(document));
    expect(check({ user: { id: "00u1" }, count: "3" })).toEqual({
      ok: true,
      value: { user: { id: "00u1" }, count: 3 },
    });
    expect(check({ count: "many" })).toMatchObject({
      ok: false,
      problems: [{ path: ["user"] }, { path: ["count"] }],
    });
    expect(check({ user: { id: "00u1" }, active: true })).toMatchObject({ ok: false });
  });
});
