import type { CardDescription } from "./card.ts";
import { isOptionValue } from "./option-value.ts";
import { OWN_FIELDS_OPTION, ownFieldsSchema } from "./own-fields.ts";
import type { CheckedCard, Checks } from "./validate-context.ts";

/** One card apart from its inputs: known at all, its place, its connection, its options. */
export function checkCard(checks: Checks, card: CheckedCard): void {
  const { id, node, title, description } = card;
  if (!description) {
    checkKnown(checks, card);
    return;
  }
  if (description.kind === "note") return;
  if (node.parent) checkParent(checks, card);
  if (description.needsConnection) checkConnection(checks, card, description);
  checkOptions(checks, card, description);
  if (description.ownFields) checkOwnFields(checks, card, description);
  if (description.kind === "event" && node.onError) {
    checks.warn(
      "useless-on-error",
      `“${title}” starts the flow, so what to do when it fails has no effect.`,
      {
        card: id,
      },
    );
  }
  if (node.onError?.after === "call") checkCall(checks, card);
}

/** The flow called when the card fails. Whether it is on when that happens can't be known now. */
function checkCall(checks: Checks, { id, node, title }: CheckedCard): void {
  const { flow } = node.onError ?? {};
  const place = { card: id };
  if (flow === undefined) {
    checks.error("no-call", `“${title}” is to call a flow when it fails: choose which.`, place);
    return;
  }
  if (!checks.flows) return;
  const called = checks.flows.find((one) => one.id === flow);
  if (!called) {
    const message = `The flow “${title}” is to call when it fails is not there any more: choose another.`;
    checks.error("call-gone", message, place);
  } else if (!called.callable)
    checks.warn(
      "call-not-live",
      `“${called.name}”, which “${title}” is to call when it fails, is off or does not start with “Card Failed”: nothing would be called.`,
      place,
    );
}

function checkKnown(checks: Checks, { id, node, title }: CheckedCard): void {
  const named = node.title ? `“${title}” is a card` : "There is a card";
  checks.error(
    "unknown-card",
    `${named} this Flowdeck doesn't know in this version (${node.card}, version ${node.v}): update Flowdeck, or replace the card.`,
    { card: id },
  );
}

/** No card of the catalogue has lanes yet, so wherever a card stands inside another one, it stands wrong. */
function checkParent(checks: Checks, { id, node, title }: CheckedCard): void {
  const parent = checks.cards.get(node.parent?.card ?? "");
  checks.error(
    "no-lane",
    parent
      ? `“${title}” stands inside “${parent.title}”, which holds no other cards: move it out.`
      : `“${title}” stands inside a card that is no longer there: move it out.`,
    { card: id },
  );
}

function checkConnection(
  checks: Checks,
  { id, node, title }: CheckedCard,
  { connector }: CardDescription,
): void {
  const place = { card: id };
  if (!node.connection) {
    checks.error(
      "missing-connection",
      `“${title}” has no connection: choose the one it acts through.`,
      place,
    );
    return;
  }
  if (!checks.connections) return;
  const named = checks.connections.filter((connection) => connection.alias === node.connection);
  if (named.length === 0) {
    checks.error(
      "unknown-connection",
      `“${title}” uses the connection “${node.connection}”, which isn't there: choose another or connect it.`,
      place,
    );
  } else if (!named.some((connection) => connection.connector === connector)) {
    checks.error(
      "wrong-connection",
      `“${title}” can't act through “${node.connection}”, which connects another system: choose another.`,
      place,
    );
  }
}

function checkOptions(checks: Checks, { id, node, title }: CheckedCard, description: CardDescription): void {
  const place = { card: id };
  for (const [key, option] of Object.entries(description.options)) {
    const set = node.options && Object.hasOwn(node.options, key) ? node.options[key] : undefined;
    const value = set === undefined || set === null || set === "" ? option.default : set;
    if (typeof value !== "string") {
      checks.error("wrong-option", `${option.label} of “${title}” must be a text: choose it again.`, place);
    } else if (!isOptionValue(option, value)) {
      const choices = option.choices?.map((choice) => choice.label).join(", ");
      const problem = option.typed
        ? `is “${value}”: ${option.typed.hint}`
        : `must be one of ${choices}: choose one.`;
      checks.error("wrong-option", `${option.label} of “${title}” ${problem}`, place);
    } else if (option.picker && value.trim() === "") {
      checks.error("missing-option", `${option.label} of “${title}” is not chosen yet: choose one.`, place);
    }
  }
  for (const key of Object.keys(node.options ?? {})) {
    const own = description.ownFields && key === OWN_FIELDS_OPTION;
    if (own || Object.hasOwn(description.options, key)) continue;
    checks.warn(
      "unknown-option",
      `“${title}” has a setting “${key}” that this card doesn't know; it has no effect.`,
      {
        card: id,
      },
    );
  }
}

function checkOwnFields(
  checks: Checks,
  { id, node, title }: CheckedCard,
  description: CardDescription,
): void {
  const parsed = ownFieldsSchema.safeParse(node.options?.[OWN_FIELDS_OPTION] ?? []);
  if (!parsed.success) {
    checks.error(
      "own-fields",
      `The fields of “${title}” can't be read: give each a name of letters, digits and _, a label and a type.`,
      { card: id },
    );
    return;
  }
  const seen = new Set<string>();
  for (const { key, label } of parsed.data) {
    if (seen.has(key)) {
      checks.error("own-fields", `“${title}” has two fields named “${key}”: rename one.`, {
        card: id,
        field: [key],
      });
    } else if (Object.hasOwn(description.inputs, key)) {
      checks.error(
        "own-fields",
        `“${title}” has a field “${key}” of its own already: rename yours (${label}).`,
        {
          card: id,
          field: [key],
        },
      );
    }
    seen.add(key);
  }
}
