import type { CardDescription } from "./card.ts";
import { NEXT } from "./card.ts";
import { field } from "./field.ts";
import { createCatalogue } from "./registry.ts";

function card(id: string, kind: CardDescription["kind"], rest: Partial<CardDescription>): CardDescription {
  return {
    id,
    version: 1,
    kind,
    title: id,
    summary: "",
    connector: "okta",
    category: "Test",
    keywords: [],
    needsConnection: kind === "action" || kind === "event",
    scopes: [],
    effect: "none",
    options: {},
    inputs: {},
    outputs: {},
    exits: [NEXT],
    sample: { inputs: {}, outputs: {} },
    ...rest,
  };
}

/** A few cards that have everything cards can have. */
export const testCatalogue = createCatalogue([
  card("test.event", "event", {
    title: "User Created",
    outputs: {
      user: field.object({
        label: "User",
        fields: { id: field.text({ label: "ID" }), email: field.text({ label: "Email" }) },
      }),
      groups: field.objectList({ label: "Groups", fields: { name: field.text({ label: "Name" }) } }),
      raw: field.any({ label: "Raw event" }),
      count: field.number({ label: "Count" }),
      active: field.boolean({ label: "Active" }),
    },
  }),
  card("test.read", "action", {
    title: "Read User",
    inputs: { user: field.text({ label: "ID or Login", required: true }) },
    outputs: {
      email: field.text({ label: "Email" }),
      profile: field.object({
        label: "Profile",
        grows: "test.profile",
        fields: { login: field.text({ label: "Username" }) },
      }),
    },
  }),
  card("test.create", "action", {
    title: "Create User",
    version: 2,
    options: {
      mode: {
        label: "Type",
        default: "plain",
        choices: [
          { value: "plain", label: "Without password" },
          { value: "password", label: "With password" },
        ],
      },
      event: { label: "Event", default: "", picker: "test.events" },
      kind: {
        label: "Kind",
        default: "a.b",
        choices: [{ value: "a.b", label: "A" }],
        typed: { pattern: "[a-z](\\.[a-z])+", means: "typed", hint: "type letters with dots between" },
      },
    },
    inputs: {
      profile: field.object({
        label: "Profile",
        required: true,
        grows: "test.profile",
        fields: {
          login: field.text({ label: "Username", required: true }),
          city: field.text({ label: "City" }),
        },
      }),
      password: field.text({
        label: "Password",
        secret: true,
        required: true,
        when: { option: "mode", is: ["password"] },
      }),
      state: field.text({
        label: "State",
        choices: [
          { value: "ACTIVE", label: "Active" },
          { value: "STAGED", label: "Staged" },
        ],
      }),
      level: field.number({ label: "Level" }),
      groups: field.textList({ label: "Groups" }),
      address: field.object({ label: "Address", fields: { zip: field.number({ label: "Zip code" }) } }),
    },
    outputs: { id: field.text({ label: "ID" }) },
  }),
  card("test.compose", "function", {
    title: "Compose",
    connector: "core",
    inputs: { text: field.text({ label: "Text", required: true }) },
    outputs: { text: field.text({ label: "Text" }) },
  }),
  card("test.assign", "function", {
    title: "Assign",
    connector: "core",
    ownFields: { into: "both", label: "Values" },
    inputs: { note: field.text({ label: "Note" }) },
    outputs: {},
  }),
  card("test.if", "control", {
    title: "If/Else",
    connector: "core",
    inputs: { left: field.any({ label: "Value" }) },
    exits: [
      { id: "true", label: "True" },
      { id: "false", label: "False" },
    ],
  }),
  card("test.return", "control", { title: "Return", connector: "core", exits: [] }),
  card("test.note", "note", { title: "Note", connector: "core", exits: [] }),
]);
