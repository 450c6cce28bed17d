import { textBeside } from "#components/card-form/beside.ts";
import type { ChoiceSource } from "#components/card-form/use-live-choices.ts";
import type { CardDescription, Exit } from "#lib/cards/card.ts";
import { cardTitle } from "#lib/cards/card-title.ts";
import { effectOf } from "#lib/cards/effect.ts";
import { effectiveFields, optionValues } from "#lib/cards/effective-fields.ts";
import { exitsOf } from "#lib/cards/exits.ts";
import type { Fields } from "#lib/cards/field.ts";
import type { Catalogue } from "#lib/cards/registry.ts";
import { type GrownOf, type MappingSource, nameIn, type RefName } from "#lib/editor/sources.ts";
import type { CardNode, FlowDocument } from "#lib/flow/document.ts";
import type { FlowIssue } from "#lib/flow/issue.ts";
import { refsInCard } from "#lib/flow/references.ts";
import type { Ref } from "#lib/flow/value.ts";
import { type CardGeometry, cardGeometry } from "./card-geometry.ts";
import { type Expansion, type FieldRow, inputRows, outputRows, pathKey } from "./card-rows.ts";
import type { CardStatus } from "./card-status.ts";
import { chipOf, type ValueChip } from "./value-chip.ts";

/** All a card on the canvas shows. The same object as before while nothing of it changed, so that memo() works. */
export interface CardView {
  id: string;
  node: CardNode;
  /** Undefined when the catalogue does not know the card. */
  description?: CardDescription;
  title: string;
  writes: boolean;
  /** Ways out; one row each where there are several. */
  exits: Exit[];
  hasEntry: boolean;
  inputs: (FieldRow & { chip?: ValueChip })[];
  moreInputs: number;
  outputs: FieldRow[];
  moreOutputs: number;
  expansion: Expansion;
  geometry: CardGeometry;
  issues: readonly FlowIssue[];
  status?: CardStatus;
}

/** What card views are made from. */
export interface ViewInput {
  document: FlowDocument;
  catalogue: Catalogue;
  issues: readonly FlowIssue[];
  expansions: Readonly<Record<string, Expansion>>;
  grownOf: GrownOf;
  statusOf?: (cardId: string) => CardStatus | undefined;
}

const NO_ISSUES: readonly FlowIssue[] = [];
const NO_EXPANSION: Expansion = {};
const NOTHING_READ: ReadonlySet<string> = new Set();

/**
 * Makes the views of a document's cards, again and again, and remembers the last ones: a card nothing happened to
 * keeps its view. With 500 cards, an edit of one then renders one.
 */
export function createCardViews(): (input: ViewInput) => Map<string, CardView> {
  let last = new Map<string, { deps: readonly unknown[]; view: CardView }>();
  const fieldsOf = rememberFields();
  return ({ document, catalogue, issues, expansions, grownOf, statusOf }) => {
    const next: typeof last = new Map();
    const read = readOutputs(document);
    const issuesByCard = groupedByCard(issues);
    const sources = new Map<string, MappingSource>();
    const nameOf = (ref: Ref): RefName => {
      const [id, ...path] = ref;
      const source = sources.get(id);
      return source ? nameIn(source, path) : { card: "a removed card", labels: path };
    };
    for (const [id, node] of Object.entries(document.cards)) {
      const description = catalogue.card(node.card);
      const outputs = description ? fieldsOf(id, description, node, grownOf).outputs : {};
      sources.set(id, { id, title: cardTitle(node, description), outputs });
    }
    for (const [id, node] of Object.entries(document.cards)) {
      const description = catalogue.card(node.card);
      const cardIssues = issuesByCard.get(id) ?? NO_ISSUES;
      const expansion = expansions[id] ?? NO_EXPANSION;
      const readHere = read.get(id) ?? NOTHING_READ;
      const status = statusOf?.(id);
      const fields = description ? fieldsOf(id, description, node, grownOf) : { inputs: {}, outputs: {} };
      const names = refsInCard(node).map(({ ref }) =>
        Object.values(nameOf(ref)).flat().slice(0, -1).join("/"),
      );
      const deps = [
        node,
        description,
        fields,
        expansion,
        [...readHere].join("\n"),
        cardIssues.map((issue) => `${issue.message}@${issue.field?.join("/")}`).join("\n"),
        names.join("\n"),
        status?.status,
        status?.detail,
        status?.exit,
      ];
      const before = last.get(id);
      if (before?.deps.every((dep, index) => dep === deps[index])) {
        next.set(id, before);
        continue;
      }
      const view = viewOf({
        id,
        node,
        description,
        fields,
        expansion,
        readHere,
        issues: cardIssues,
        status,
        nameOf,
      });
      next.set(id, { deps, view });
    }
    last = next;
    return new Map([...next].map(([id, { view }]) => [id, view]));
  };
}

function viewOf(parts: {
  id: string;
  node: CardNode;
  description: CardDescription | undefined;
  fields: { inputs: Fields; outputs: Fields };
  expansion: Expansion;
  readHere: ReadonlySet<string>;
  issues: readonly FlowIssue[];
  status: CardStatus | undefined;
  nameOf: (ref: Ref) => RefName;
}): CardView {
  const { id, node, description, fields, expansion, readHere, issues, status, nameOf } = parts;
  const inputs = inputRows(fields.inputs, node.inputs, expansion);
  const outputs = outputRows(fields.outputs, readHere, expansion);
  const exits = description ? exitsOf(description, node) : [];
  return {
    id,
    node,
    description,
    title: cardTitle(node, description),
    writes: description ? effectOf(description, optionValues(description, node)).effect === "write" : false,
    exits,
    hasEntry: description?.kind !== "event" && description?.kind !== "note",
    inputs: inputs.rows.map((row) =>
      row.value
        ? { ...row, chip: { ...chipOf(row.value, row.field, nameOf), picked: pickedFrom(node, row) } }
        : row,
    ),
    moreInputs: inputs.more,
    outputs: outputs.rows,
    moreOutputs: outputs.more,
    expansion,
    geometry: cardGeometry({
      exitRows: exits.length > 1 ? exits.length : 0,
      inputs: inputs.rows.length,
      moreInputs: hasMoreLine(inputs.more, expansion.allInputs),
      outputs: outputs.rows.length,
      moreOutputs: hasMoreLine(outputs.more, expansion.allOutputs),
    }),
    issues,
    status,
  };
}

/** The live list an input's literal was picked from; undefined where it is no such input. */
function pickedFrom(
  { connection, inputs }: CardNode,
  { field, path, value }: FieldRow,
): ChoiceSource | undefined {
  if (!connection || !field.picker || field.secret || !value || !("value" in value)) return undefined;
  if (typeof value.value !== "string" || value.value === "" || value.value.length > LONGEST_ID)
    return undefined;
  const by = field.pickerBy ? textBeside(inputs, path, field.pickerBy) : "";
  const options = field.pickerBy && by ? JSON.stringify({ [field.pickerBy]: by }) : undefined;
  return { alias: connection, loaderId: field.picker, options };
}

/** Longer values are shortened on the card, and are no ids. */
const LONGEST_ID = 60;

/** Whether a section ends with "n more fields", or "Show less" once all are shown. */
export function hasMoreLine(more: number, all: boolean | undefined): boolean {
  return more > 0 || all === true;
}

/** The output paths of each card that some card reads, as handle keys. List indexes are left out: they have no row. */
function readOutputs(document: FlowDocument): Map<string, Set<string>> {
  const read = new Map<string, Set<string>>();
  for (const node of Object.values(document.cards)) {
    for (const { ref } of refsInCard(node)) {
      const [id, ...path] = ref;
      const paths = read.get(id) ?? new Set<string>();
      paths.add(pathKey(path.filter((key) => !/^\d+$/.test(key))));
      read.set(id, paths);
    }
  }
  return read;
}

function groupedByCard(issues: readonly FlowIssue[]): Map<string, FlowIssue[]> {
  const byCard = new Map<string, FlowIssue[]>();
  for (const issue of issues) {
    if (issue.card === undefined) continue;
    const group = byCard.get(issue.card);
    if (group) group.push(issue);
    else byCard.set(issue.card, [issue]);
  }
  return byCard;
}

type EffectiveFields = { inputs: Fields; outputs: Fields };

/** The fields of each card, made again only when its node, description or the connection's fields changed. */
function rememberFields() {
  const last = new Map<string, { deps: readonly unknown[]; fields: EffectiveFields }>();
  return (id: string, description: CardDescription, node: CardNode, grownOf: GrownOf): EffectiveFields => {
    const grown = grownOf(id);
    const deps = [description, node.options, node.onError, grown];
    const before = last.get(id);
    if (before?.deps.every((dep, index) => dep === deps[index])) return before.fields;
    const fields = effectiveFields(description, node, grown);
    last.set(id, { deps, fields });
    return fields;
  };
}
