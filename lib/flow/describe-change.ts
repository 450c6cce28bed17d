import type { DocumentChange } from "./diff.ts";
import type { Json } from "./json.ts";
import {
  type FlowSetting,
  SETTING_CHOICES,
  SETTING_DEFAULTS,
  SETTING_LABELS,
  type SettingChoice,
} from "./settings.ts";
import type { Ref, Value } from "./value.ts";

/** What only the catalogue knows of an input or option: its label, and whether its value may be shown. */
export type FieldOf = (
  card: string,
  path: readonly string[],
) => { label: string; secret?: boolean } | undefined;

/** At most this much of a value is shown. */
const MAX_SHOWN = 80;

/**
 * A change as one sentence for the publish dialog.
 * @param titleOf what a card is called; must know removed cards too
 * @param fieldOf labels of fields, and which are secret; without it keys stand in for labels
 */
export function describeChange(
  change: DocumentChange,
  titleOf: (card: string) => string,
  fieldOf: FieldOf = () => undefined,
): string {
  switch (change.kind) {
    case "flow-renamed":
      return `The flow is now called “${change.after}” (before: “${change.before}”).`;
    case "flow-described":
      return "The description of the flow changed.";
    case "setting-changed":
      return sentence(
        "The flow",
        SETTING_LABELS[change.setting],
        shownSetting(change.setting, change.before),
        shownSetting(change.setting, change.after),
      );
    case "edge-added":
      return `“${titleOf(change.edge.to)}” now comes after “${titleOf(change.edge.from)}”${exit(change.edge.out)}.`;
    case "edge-removed":
      return `“${titleOf(change.edge.to)}” no longer comes after “${titleOf(change.edge.from)}”${exit(change.edge.out)}.`;
    default:
      return describeCardChange(change, titleOf, fieldOf);
  }
}

type CardChange = Extract<DocumentChange, { card: string }>;

function describeCardChange(change: CardChange, titleOf: (card: string) => string, fieldOf: FieldOf): string {
  const title = `“${titleOf(change.card)}”`;
  switch (change.kind) {
    case "card-added":
      return `${title} was added.`;
    case "card-removed":
      return `${title} was removed.`;
    case "card-renamed":
      return change.before ? `“${change.before}” is now called ${title}.` : `A card is now called ${title}.`;
    case "card-upgraded":
      return `${title} uses version ${change.after} of its card (before: ${change.before}).`;
    case "card-moved":
      return change.after
        ? `${title} now stands inside “${titleOf(change.after.card)}”.`
        : `${title} no longer stands inside another card.`;
    case "connection-changed":
      return `${title} acts through ${change.after ?? "no connection"} (before: ${change.before ?? "none"}).`;
    case "on-error-changed":
      return `What happens when ${title} fails changed.`;
    case "option-changed": {
      const field = fieldOf(change.card, [change.option]);
      return sentence(
        title,
        field?.label ?? change.option,
        shownJson(change.before),
        shownJson(change.after),
      );
    }
    case "input-changed": {
      const field = fieldOf(change.card, change.path);
      const label = field?.label ?? change.path.join(" › ");
      if (field?.secret) return `${title}: ${label} changed.`;
      return sentence(title, label, shownValue(change.before, titleOf), shownValue(change.after, titleOf));
    }
  }
}

function sentence(
  title: string,
  label: string,
  before: string | undefined,
  after: string | undefined,
): string {
  if (after === undefined) return `${title}: ${label} was emptied (before: ${before}).`;
  if (before === undefined) return `${title}: ${label} is now ${after}.`;
  return `${title}: ${label} is now ${after} (before: ${before}).`;
}

function exit(out: string): string {
  return out === "next" ? "" : ` (${out})`;
}

function shownValue(value: Value | undefined, titleOf: (card: string) => string): string | undefined {
  if (value === undefined) return undefined;
  if ("value" in value) return shownJson(value.value);
  if ("ref" in value) return shownRef(value.ref, titleOf);
  if ("list" in value) return value.list.length === 1 ? "a list of one" : `a list of ${value.list.length}`;
  if ("object" in value) return "an object";
  return `“${short(value.text.map((part) => (typeof part === "string" ? part : shownRef(part.ref, titleOf))).join(""))}”`;
}

function shownRef([card, ...path]: Ref, titleOf: (card: string) => string): string {
  return ["{", [titleOf(card), ...path].join(" › "), "}"].join("");
}

/** A setting is never empty: what is not set has its default. */
function shownSetting(setting: FlowSetting, value: SettingChoice | number | undefined): string {
  if (value === undefined) return SETTING_DEFAULTS[setting];
  return typeof value === "number" ? value.toLocaleString("en") : `“${SETTING_CHOICES[value]}”`;
}

function shownJson(value: Json | undefined): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === "string" ? `“${short(value)}”` : short(JSON.stringify(value));
}

function short(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text;
}
