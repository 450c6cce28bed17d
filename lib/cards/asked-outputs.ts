import type { CardNode, FlowDocument } from "../flow/document.ts";
import type { Ref, Value } from "../flow/value.ts";
import { NEXT } from "./card.ts";
import { cardTitle } from "./card-title.ts";
import { effectiveFields } from "./effective-fields.ts";
import { hasErrorWay } from "./exits.ts";
import type { Field, Fields } from "./field.ts";
import { LIST_INDEX } from "./output-at.ts";
import type { Catalogue } from "./registry.ts";
import { isSecretKey } from "./secret-keys.ts";
import { visibleInputs } from "./visible-inputs.ts";

/** One place where a card takes an output of another. */
interface Use {
  ref: Ref;
  /** Title of the card that takes it. */
  by: string;
  /** The input it goes to, where that is declared and holds nothing else. */
  into?: Field;
  /** The card can't run without it. */
  required: boolean;
  /** The flow surely comes to that card, if nothing fails before. */
  sure: boolean;
}

/** The outputs in use, as a tree of their keys; lists are one place, whatever item or key of theirs is taken. */
interface Branch {
  uses: Use[];
  inner: Map<string, Branch>;
  /** Something whose type nobody declared was entered by an index. */
  list?: true;
}

/**
 * The outputs of a card that the cards behind it use, as fields somebody can fill in who knows what the card did although
 * its answer was lost. Empty where no card uses any. Values for them are checked by `convertFields`, as inputs are.
 *
 * An output is required where a card that the flow surely comes to has it in a required input: left out, that card would
 * fail, and fail again whenever it is retried. Behind a branch the flow may never come to it.
 */
export function askedOutputs(
  document: Pick<FlowDocument, "cards" | "edges">,
  cardId: string,
  catalogue: Pick<Catalogue, "card">,
): Fields {
  const node = document.cards[cardId];
  const description = node && catalogue.card(node.card);
  if (!node || !description) return {};
  const { outputs } = effectiveFields(description, node);
  const root: Branch = { uses: [], inner: new Map() };
  for (const use of usesOf(document, cardId, catalogue))
    branchAt(root, use.ref.slice(1), outputs).uses.push(use);
  // A reference to the card as a whole takes everything it declares.
  for (const key of root.uses.length > 0 ? Object.keys(outputs) : []) {
    branchAt(root, [key], outputs).uses.push(...root.uses.map((use) => ({ ...use, required: false })));
  }
  return fieldsOf(root, outputs, false);
}

function usesOf(
  { cards, edges }: Pick<FlowDocument, "cards" | "edges">,
  cardId: string,
  catalogue: Pick<Catalogue, "card">,
): Use[] {
  const sure = surelyReached({ cards, edges }, cardId, catalogue);
  return Object.entries(cards).flatMap(([id, node]) => {
    const description = catalogue.card(node.card);
    const declared = description?.inputs ?? {};
    const { inputs } = description ? effectiveFields(description, node) : { inputs: {} };
    const visible = visibleInputs(node.inputs, declared, inputs);
    const taken = takenBy({ object: visible }, { type: "object", label: "", fields: inputs }, false);
    return taken
      .filter(({ ref }) => ref[0] === cardId)
      .map((use) => ({ ...use, by: cardTitle(node, description), sure: sure.has(id) }));
  });
}

/** References in a value, with what is known of the input they go to. */
function takenBy(
  value: Value,
  field: Field | undefined,
  required: boolean,
): Pick<Use, "ref" | "into" | "required">[] {
  if ("ref" in value) return [{ ref: value.ref, into: field, required }];
  if ("text" in value) {
    return value.text.flatMap((part) =>
      typeof part === "string" ? [] : [{ ref: part.ref, required: false }],
    );
  }
  if ("list" in value) {
    const item = field && { ...field, list: false };
    return value.list.flatMap((one) => takenBy(one, item, required && value.list.length === 1));
  }
  if ("object" in value) {
    return Object.entries(value.object).flatMap(([key, one]) => {
      const child = ownField(field?.fields, key);
      return takenBy(one, child, child?.required === true);
    });
  }
  return [];
}

/** The cards an execution comes to behind a card that is done, unless one of them fails. */
function surelyReached(
  { cards, edges }: Pick<FlowDocument, "cards" | "edges">,
  cardId: string,
  catalogue: Pick<Catalogue, "card">,
): Set<string> {
  const reached = new Set<string>();
  const left = [cardId];
  for (const from of left) {
    for (const { to } of edges.filter((edge) => edge.from === from && edge.out === NEXT.id)) {
      const node: CardNode | undefined = cards[to];
      const description = node && catalogue.card(node.card);
      if (!description || reached.has(to)) continue;
      reached.add(to);
      // Control cards choose a way or end the flow; behind a card with an error way either may come.
      if (description.kind !== "control" && !hasErrorWay(description, node)) left.push(to);
    }
  }
  return reached;
}

/** The branch of a path into the outputs, by the rules of `outputAt`. */
function branchAt(root: Branch, path: readonly string[], outputs: Fields): Branch {
  let branch = root;
  let field: Field | undefined = { type: "object", label: "", fields: outputs };
  for (const key of path) {
    if (LIST_INDEX.test(key)) {
      if (!field || field.type === "any") branch.list = true;
      if (!field?.list) return branch;
      field = { ...field, list: false };
      continue;
    }
    const next: Branch = branch.inner.get(key) ?? { uses: [], inner: new Map() };
    branch.inner.set(key, next);
    branch = next;
    field = ownField(field?.fields, key);
  }
  return branch;
}

function fieldsOf(branch: Branch, declared: Fields | undefined, secretKeys: boolean): Fields {
  return Object.fromEntries(
    [...branch.inner].map(([key, inner]) => [key, fieldOf(key, inner, ownField(declared, key), secretKeys)]),
  );
}

function fieldOf(key: string, branch: Branch, declared: Field | undefined, secretKeys: boolean): Field {
  const whole = branch.uses.length > 0 || branch.list === true || branch.inner.size === 0;
  const hides = secretKeys || declared?.secretKeys === true;
  const hidden = secretKeys && isSecretKey(key);
  const required = isRequired(branch);
  if (!whole) {
    const { label = key, list } = declared ?? {};
    return { type: "object", list, label, required, fields: fieldsOf(branch, declared?.fields, hides) };
  }
  const known = declared && declared.type !== "any";
  const shape = known ? plainField(declared) : openField(declared?.label ?? key, branch, hidden);
  return { ...shape, required, help: helpOf(usesWithin(branch)) };
}

/** What a value looks like, without what only matters where it is filled into a card. */
function plainField({ type, list, label, secret, secretKeys, choices, multiline, fields }: Field): Field {
  const inner = fields && Object.entries(fields).map(([key, field]) => [key, plainField(field)] as const);
  return {
    type,
    list,
    label,
    secret,
    secretKeys,
    choices,
    multiline,
    ...(inner ? { fields: Object.fromEntries(inner) } : {}),
  };
}

/** An output whose type nobody declared is what the inputs it goes to ask for, where these agree. */
function openField(label: string, branch: Branch, secret: boolean): Field {
  if (branch.list) return { type: "any", list: true, label };
  // Keys of it are taken too: what is given must have them.
  if (branch.inner.size > 0) return { type: "object", label };
  if (secret) return { type: "text", label, secret };
  const shapes = branch.uses.map(({ into }) => into && plainField(into));
  const [first] = shapes;
  const agree = shapes.every((shape) => shape?.type === first?.type && shape?.list === first?.list);
  if (!first || !agree) return { type: "any", label };
  return { type: first.type, list: first.list, label, secret: first.secret, fields: first.fields };
}

function usesWithin(branch: Branch): Use[] {
  return [...branch.uses, ...[...branch.inner.values()].flatMap(usesWithin)];
}

function isRequired(branch: Branch): boolean {
  return usesWithin(branch).some(({ required, sure }) => required && sure);
}

function helpOf(uses: readonly Use[]): string {
  const needed = listed(uses.filter(({ required, sure }) => required && !sure));
  return `Used by ${listed(uses)}.${needed ? ` Should the flow come to ${needed}, that can't do without.` : ""}`;
}

const conjunction = new Intl.ListFormat("en", { type: "conjunction" });

function listed(uses: readonly Use[]): string {
  return conjunction.format([...new Set(uses.map(({ by }) => `“${by}”`))]);
}

function ownField(fields: Fields | undefined, key: string): Field | undefined {
  return fields && Object.hasOwn(fields, key) ? fields[key] : undefined;
}
