import type { CardDescription, CardOption, Repeat } from "#lib/cards/card.ts";
import { effectOf } from "#lib/cards/effect.ts";
import { differences } from "./coverage/differences.ts";
import { products } from "./coverage/products.ts";
import { fieldTable } from "./field-rows.ts";
import { cell, jsonBlock, page, table } from "./markdown.ts";
import { bucketOf, callsOf, RATE_LIMITS_PAGE } from "./rate-buckets.ts";
import { readBacks } from "./read-backs.ts";

/** More choices than this go into a list that opens, so that a page stays readable. */
const MANY_CHOICES = 20;

export const KIND_NAMES: Record<CardDescription["kind"], string> = {
  event: "Event",
  action: "Action",
  function: "Function",
  control: "Control",
  note: "Note",
};

const REPEAT_NAMES: Record<Repeat, string> = {
  safe: "sent again: the result is the same however often it is sent",
  check: "read back first, and sent again only if it did not take effect",
  ask: "stops and asks a person",
};

/** The page of one card: what the card says of itself, and how it compares with other products'. */
export function cardPage(card: CardDescription): string {
  return page(
    `# ${cell(card.title)}`,
    card.summary,
    table(["", ""], facts(card)),
    card.help ?? "",
    ...section("Options", optionTable(card.options)),
    ...section("Inputs", fieldTable(card.inputs, card.options), ownFieldsNote(card)),
    ...section("Outputs", fieldTable(card.outputs, card.options)),
    ...section("In other products", otherNames(card), list(differences[card.id] ?? [])),
    ...section("Sample", sample(card)),
  );
}

function facts(card: CardDescription): string[][] {
  const code = (texts: string[]) => texts.map((text) => `\`${text}\``).join(", ");
  const rows: [string, string][] = [
    ["Card", `\`${card.id}\`, version ${card.version}`],
    ["Kind", `${KIND_NAMES[card.kind]}, ${cell(card.category)}`],
    ["Starts on", code(card.eventTypes ?? [])],
    ["Calls", card.endpoint ? `\`${card.endpoint}\`` : lookUps(card)],
    ["Rate limit", anyCall(card) || rateLimit(card)],
    ["Scopes", anyCall(card) || code(card.scopes)],
    ["Effect", effect(card)],
    ["Read back", readBack(card)],
    ["Ways out", card.kind === "note" ? "" : card.exits.map(({ label }) => cell(label)).join(", ") || "none"],
    ["Also found as", cell(card.keywords.join(", "))],
    ["Okta's own page", card.docs ? `[${new URL(card.docs).hostname}](${card.docs})` : ""],
  ];
  return rows.filter(([, value]) => value !== "");
}

/** What an event card asks for, each call with when it is made. */
function lookUps({ lookUps = [] }: CardDescription): string {
  return lookUps.map(({ call, when }) => `\`${call}\` ${cell(when)}`).join("<br>");
}

/** What the page says of scopes and rate limit where the call is whatever the flow's author types; else nothing. */
function anyCall({ scopes, inputs }: CardDescription): string {
  const address = inputs.relativeUrl;
  return address && scopes.length === 0 ? `depends on the ${cell(address.label)}` : "";
}

/** The buckets its calls count against, with what Okta publishes for them. */
function rateLimit({ endpoint = "", lookUps = [] }: CardDescription): string {
  const calls = [endpoint, ...lookUps.map(({ call }) => call)].flatMap(callsOf);
  const buckets = new Set(calls.flatMap((call) => bucketOf(call) ?? []));
  return [...buckets]
    .map(({ holds, perMinute: [free, enterprise, workforce] }) => {
      const figures = `${free} a minute in a free org, ${enterprise} Enterprise, ${workforce} Workforce Identity`;
      return `${holds} ([published](${RATE_LIMITS_PAGE}): ${figures})`;
    })
    .join("<br>");
}

function readBack({ id }: CardDescription): string {
  const looked = readBacks[id];
  return looked ? `\`${looked[0]}\`. It took effect where that finds ${looked[1]}.` : "";
}

function otherNames({ id }: CardDescription): string {
  const rows = products.flatMap(({ name, offers }) => {
    const names = [...new Set(offers.filter(([, , card]) => card === id).map(([, own]) => own))];
    return names.length > 0 ? [[name, cell(names.join(", "))]] : [];
  });
  return table(["Product", "Called"], rows);
}

function list(items: readonly string[]): string {
  return items.map((item) => `- ${item}`).join("\n");
}

function effect(card: CardDescription): string {
  if (card.kind === "note") return "";
  const rule = card.effectByOption;
  if (!rule) return effectName(card, {});
  const option = card.options[rule.option];
  const byChoice = (option?.choices ?? []).map(
    ({ value, label }) => `${cell(label)}: ${effectName(card, { [rule.option]: value })}`,
  );
  return byChoice.join("<br>");
}

function effectName(card: CardDescription, options: Record<string, string>): string {
  const { effect, repeat } = effectOf(card, options);
  if (effect === "none") return "changes nothing outside the flow";
  if (effect === "read") return "reads only";
  return `**writes**; after a lost answer it is ${REPEAT_NAMES[repeat ?? "ask"]}`.replace(
    "it is stops",
    "it stops",
  );
}

function optionTable(options: Record<string, CardOption>): string {
  const rows = Object.entries(options).map(([key, option]) => {
    const choices = option.choices ?? [];
    const standard = choices.find(({ value }) => value === option.default)?.label ?? option.default;
    const shown = choices.map(({ value, label }) => `${cell(label)} (\`${value}\`)`);
    const list =
      shown.length > MANY_CHOICES
        ? `<details><summary>${shown.length} choices</summary>${choices.map(({ value }) => `\`${value}\``).join(", ")}</details>`
        : shown.join("<br>");
    return [cell(option.label), `\`${key}\``, list, cell(standard), cell(option.help ?? "")];
  });
  return table(["Option", "Key", "Choices", "Default", "Notes"], rows);
}

function ownFieldsNote({ ownFields }: CardDescription): string {
  if (!ownFields) return "";
  const what = ownFields.into === "both" ? "an input and an output of the same name" : "an input";
  return `You add fields of your own under *${cell(ownFields.label)}*; each is ${what}.`;
}

function sample({ sample: { inputs, outputs } }: CardDescription): string {
  const blocks = [
    ["Inputs:", inputs],
    ["Outputs:", outputs],
  ] as const;
  return blocks
    .filter(([, values]) => Object.keys(values).length > 0)
    .map(([name, values]) => `${name}\n\n${jsonBlock(values)}`)
    .join("\n\n");
}

function section(title: string, ...parts: string[]): string[] {
  const filled = parts.filter((part) => part !== "");
  return filled.length > 0 ? [`## ${title}`, ...filled] : [];
}
