import type { CardNode, FlowDocument } from "./document.ts";
import type { Ref, Value } from "./value.ts";

/** A reference found in a card: where it stands (`["profile","login"]`) and what it points to. */
export interface FoundRef {
  at: string[];
  ref: Ref;
}

/** All references in one value, depth first. `at` is the path of the input the value belongs to. */
export function refsInValue(value: Value, at: string[] = []): FoundRef[] {
  if ("ref" in value) return [{ at, ref: value.ref }];
  if ("text" in value) {
    return value.text.flatMap((part) => (typeof part === "string" ? [] : [{ at, ref: part.ref }]));
  }
  if ("list" in value) return value.list.flatMap((item, index) => refsInValue(item, [...at, String(index)]));
  if ("object" in value) {
    return Object.entries(value.object).flatMap(([key, item]) => refsInValue(item, [...at, key]));
  }
  return [];
}

/** All references in the inputs of one card. */
export function refsInCard(node: CardNode): FoundRef[] {
  return Object.entries(node.inputs ?? {}).flatMap(([key, value]) => refsInValue(value, [key]));
}

/**
 * The first-level outputs of each card that some other card reads. The executor hands an event card this set so that
 * look-ups nobody uses cost no call to Okta.
 */
export function wantedOutputs(document: FlowDocument): Map<string, Set<string>> {
  const wanted = new Map<string, Set<string>>();
  for (const node of Object.values(document.cards)) {
    for (const { ref } of refsInCard(node)) {
      const [cardId, output] = ref;
      const outputs = wanted.get(cardId) ?? new Set<string>();
      // A reference to the whole card wants everything; "*" says so.
      outputs.add(output ?? "*");
      wanted.set(cardId, outputs);
    }
  }
  return wanted;
}
