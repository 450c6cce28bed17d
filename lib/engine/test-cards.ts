import type { Repeat } from "../cards/card.ts";
import { defineConnector } from "../cards/connector.ts";
import {
  type Card,
  defineAction,
  defineControl,
  defineEvent,
  defineFunction,
  defineNote,
} from "../cards/define.ts";
import { field } from "../cards/field.ts";
import type { Json } from "../flow/json.ts";

/** The system the test cards act on. */
export interface TestClient {
  read: (key: string) => Promise<{ value: string }>;
  write: (key: string, value: Json | undefined) => Promise<{ value: string }>;
  /** What was written under the key, null where nothing was. */
  find: (key: string) => Promise<{ value: string } | null>;
}

const connector = defineConnector<TestClient>({ id: "test", title: "Testland" });
const sample = { inputs: {}, outputs: {} };
const facts = { version: 1, summary: "For tests.", category: "Test", sample };
const keyed = {
  key: field.text({ label: "Key", required: true }),
  value: field.any({ label: "Value" }),
  password: field.text({ label: "Password", secret: true }),
};
const valued = { value: field.text({ label: "Value" }) };

const event = defineEvent<{ id: typeof valued.value; who: typeof valued.value }, TestClient>({
  ...facts,
  id: "test.event",
  title: "Something Happened",
  connector,
  scopes: [],
  outputs: { id: field.text({ label: "ID" }), who: field.text({ label: "Who" }) },
  listensTo: () => ["test.happened"],
  sampleEvent: () => ({ id: "sample" }),
  readEvent: async ({ event, wanted, client }) => ({
    id: typeof event.id === "string" ? event.id : null,
    who: wanted("who") ? (await client.read("who")).value : null,
  }),
});

const choosy = defineEvent({
  ...facts,
  id: "test.choosy",
  title: "Something Chosen Happened",
  connector,
  scopes: [],
  inputs: { only: field.text({ label: "Only" }) },
  outputs: valued,
  listensTo: () => ["test.happened"],
  sampleEvent: () => ({ about: "sample" }),
  matches: async ({ event, inputs: { only }, client }) =>
    only === undefined || (await client.read(only)).value === `value of ${event.about}`
      ? true
      : { reason: `it is not about ${only}.` },
  readEvent: async ({ event, wanted, client }) => ({
    value: wanted("value") ? (await client.read(`more on ${event.about}`)).value : null,
  }),
});

const read = defineAction({
  ...facts,
  id: "test.read",
  title: "Read",
  connector,
  scopes: [],
  effect: "read",
  inputs: keyed,
  outputs: valued,
  run: ({ inputs, client }) => client.read(inputs.key),
});

const list = defineAction({
  ...facts,
  id: "test.list",
  title: "List",
  connector,
  scopes: [],
  effect: "read",
  inputs: { keys: field.textList({ label: "Keys", required: true }) },
  outputs: { room: field.number({ label: "Room" }) },
  run: async ({ inputs, client, room }) => {
    for (const key of inputs.keys) await client.read(key);
    return { room };
  },
});

function write(id: string, repeat: Repeat): Card {
  return defineAction({
    ...facts,
    id: `test.${id}`,
    title: `Write (${repeat})`,
    connector,
    scopes: [],
    effect: "write",
    repeat,
    inputs: keyed,
    outputs: valued,
    // The password is used, so that a test sees that run gets the real one.
    run: ({ inputs, client }) => client.write(inputs.key, inputs.password ?? inputs.value),
    readBack: repeat === "check" ? ({ inputs, client }) => client.find(inputs.key) : undefined,
  });
}

const exits = [
  { id: "true", label: "True" },
  { id: "false", label: "False" },
];
const condition = { is: field.boolean({ label: "Is", required: true }) };

const choose = defineControl({
  ...facts,
  id: "test.if",
  title: "If",
  exits,
  inputs: condition,
  outputs: { result: field.boolean({ label: "Result" }) },
  decide: ({ inputs }) => ({ outputs: { result: inputs.is }, exit: String(inputs.is) }),
});

const goOn = defineControl({
  ...facts,
  id: "test.continue",
  title: "Continue If",
  exits: [{ id: "next", label: "Next" }],
  inputs: condition,
  outputs: {},
  decide: ({ inputs }) =>
    inputs.is ? { outputs: {}, exit: "next" } : { outputs: {}, end: { reason: "It is not." } },
});

const giveBack = defineControl({
  ...facts,
  id: "test.return",
  title: "Return",
  exits: [],
  inputs: { value: field.any({ label: "Value" }) },
  outputs: {},
  decide: ({ inputs }) => ({
    outputs: {},
    end: { reason: "Returned.", result: { value: inputs.value ?? null } },
  }),
});

const astray = defineControl({
  ...facts,
  id: "test.astray",
  title: "Astray",
  exits,
  inputs: {},
  outputs: {},
  decide: () => ({ outputs: {}, exit: "nowhere" }),
});

const join = defineFunction({
  ...facts,
  id: "test.join",
  title: "Join",
  inputs: { parts: field.anyList({ label: "Parts" }) },
  outputs: valued,
  run: ({ inputs }) => ({ value: JSON.stringify(inputs.parts ?? []) }),
});

const boom = defineFunction({
  ...facts,
  id: "test.boom",
  title: "Boom",
  inputs: {},
  outputs: {},
  run: () => {
    throw new TypeError("x is not a function\u0000");
  },
});

const note = defineNote({ ...facts, id: "test.note", title: "Note", inputs: {}, outputs: {} });

/** A small connector with every kind of card. Its events read "who" only when a card uses it. */
export const TEST_CARDS: Card[] = [
  event,
  choosy,
  read,
  list,
  write("safe", "safe"),
  write("check", "check"),
  write("ask", "ask"),
  choose,
  goOn,
  giveBack,
  astray,
  join,
  boom,
  note,
];
