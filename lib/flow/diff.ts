import type { CardNode, Edge, FlowDocument, OnError } from "./document.ts";
import type { Json } from "./json.ts";
import { sameJson } from "./same-json.ts";
import { type FlowSetting, type FlowSettings, flowSettingsSchema, type SettingChoice } from "./settings.ts";
import type { Value } from "./value.ts";

interface Change<T> {
  before?: T;
  after?: T;
}

/** One difference between two versions of a flow. What is missing on one side was not there. */
export type DocumentChange =
  | ({ kind: "flow-renamed" } & Required<Change<string>>)
  | ({ kind: "flow-described" } & Change<string>)
  | ({ kind: "setting-changed"; setting: FlowSetting } & Change<SettingChoice | number>)
  | { kind: "card-added" | "card-removed"; card: string; node: CardNode }
  | ({ kind: "card-renamed"; card: string } & Change<string>)
  | ({ kind: "card-upgraded"; card: string } & Required<Change<number>>)
  | ({ kind: "card-moved"; card: string } & Change<NonNullable<CardNode["parent"]>>)
  | ({ kind: "connection-changed"; card: string } & Change<string>)
  | ({ kind: "option-changed"; card: string; option: string } & Change<Json>)
  | ({ kind: "input-changed"; card: string; path: string[] } & Change<Value>)
  | ({ kind: "on-error-changed"; card: string } & Change<OnError>)
  | { kind: "edge-added" | "edge-removed"; edge: Edge };

/**
 * What publishing `after` would change, by card and field; positions on the canvas are no change. Nothing was published
 * before where `before` is null. A card with the same id but of another kind counts as removed and added.
 */
export function diffDocuments(before: FlowDocument | null, after: FlowDocument): DocumentChange[] {
  const old: Pick<FlowDocument, "cards" | "edges"> = before ?? { cards: {}, edges: [] };
  const changes: DocumentChange[] = before
    ? diffHead(before, after)
    : // Its name is no news in a first version; a limit somebody set is.
      diffSettings({}, after.settings ?? {});
  for (const [card, node] of Object.entries(after.cards)) {
    const was = cardOf(old, card);
    if (was?.card === node.card) changes.push(...diffCard(card, was, node));
    else changes.push(...(was ? [removed(card, was)] : []), { kind: "card-added", card, node });
  }
  for (const [card, node] of Object.entries(old.cards)) {
    if (!cardOf(after, card)) changes.push(removed(card, node));
  }
  for (const edge of without(after.edges, old.edges)) changes.push({ kind: "edge-added", edge });
  for (const edge of without(old.edges, after.edges)) changes.push({ kind: "edge-removed", edge });
  return changes;
}

/** True when publishing one instead of the other makes no difference. */
export function sameToPublish(a: FlowDocument, b: FlowDocument): boolean {
  return a === b || diffDocuments(a, b).length === 0;
}

function diffHead(before: FlowDocument, after: FlowDocument): DocumentChange[] {
  const changes: DocumentChange[] = [];
  if (before.name !== after.name)
    changes.push({ kind: "flow-renamed", before: before.name, after: after.name });
  const [was, is] = [before.description || undefined, after.description || undefined];
  if (was !== is) changes.push({ kind: "flow-described", before: was, after: is });
  return [...changes, ...diffSettings(before.settings ?? {}, after.settings ?? {})];
}

function diffSettings(before: FlowSettings, after: FlowSettings): DocumentChange[] {
  return flowSettingsSchema
    .keyof()
    .options.flatMap((setting) =>
      before[setting] === after[setting]
        ? []
        : [{ kind: "setting-changed", setting, before: before[setting], after: after[setting] }],
    );
}

function diffCard(card: string, before: CardNode, after: CardNode): DocumentChange[] {
  if (before === after) return [];
  const changes: DocumentChange[] = [];
  if ((before.title || undefined) !== (after.title || undefined)) {
    changes.push({ kind: "card-renamed", card, before: before.title, after: after.title });
  }
  if (before.v !== after.v) changes.push({ kind: "card-upgraded", card, before: before.v, after: after.v });
  if (!sameJson(before.parent, after.parent)) {
    changes.push({ kind: "card-moved", card, before: before.parent, after: after.parent });
  }
  if (before.connection !== after.connection) {
    changes.push({ kind: "connection-changed", card, before: before.connection, after: after.connection });
  }
  for (const option of keysOf(before.options, after.options)) {
    const [was, is] = [own(before.options, option), own(after.options, option)];
    if (!sameJson(was, is)) changes.push({ kind: "option-changed", card, option, before: was, after: is });
  }
  changes.push(...diffInputs(card, before.inputs, after.inputs, []));
  if (!sameJson(before.onError, after.onError)) {
    changes.push({ kind: "on-error-changed", card, before: before.onError, after: after.onError });
  }
  return changes;
}

function diffInputs(
  card: string,
  before: CardNode["inputs"],
  after: CardNode["inputs"],
  above: string[],
): DocumentChange[] {
  return keysOf(before, after).flatMap((key) => {
    const path = [...above, key];
    const [was, is] = [own(before, key), own(after, key)];
    const [inside, insideNow] = [childrenOf(was), childrenOf(is)];
    // Only where both sides are objects (or one is not there) do the children tell the whole difference.
    if ((inside || was === undefined) && (insideNow || is === undefined))
      return diffInputs(card, inside, insideNow, path);
    return sameJson(was, is) ? [] : [{ kind: "input-changed", card, path, before: was, after: is }];
  });
}

function childrenOf(value: Value | undefined): CardNode["inputs"] {
  return value && "object" in value && Object.keys(value.object).length > 0 ? value.object : undefined;
}

function cardOf(document: Pick<FlowDocument, "cards">, id: string): CardNode | undefined {
  return own(document.cards, id);
}

function own<T>(record: Record<string, T> | undefined, key: string): T | undefined {
  return record && Object.hasOwn(record, key) ? record[key] : undefined;
}

function keysOf(before: object | undefined, after: object | undefined): string[] {
  return [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
}

function removed(card: string, node: CardNode): DocumentChange {
  return { kind: "card-removed", card, node };
}

function without(edges: readonly Edge[], others: readonly Edge[]): Edge[] {
  if (edges === others) return [];
  const known = new Set(others.map(edgeKey));
  return edges.filter((edge) => !known.has(edgeKey(edge)));
}

function edgeKey({ from, out, to }: Edge): string {
  // Neither ids nor "/" can hold the other.
  return `${from}/${to}/${out}`;
}
