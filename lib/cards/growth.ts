import type { CardNode } from "../flow/document.ts";
import type { JsonObject } from "../flow/json.ts";
import type { CardDescription } from "./card.ts";
import type { Field, Fields } from "./field.ts";

/** A loader of fields to ask for a card, with the options it gets. */
export interface Growth {
  loaderId: string;
  options: JsonObject;
}

/**
 * What a card's connection has to be asked for its fields to be complete. A loader that depends on an input (`growsBy`)
 * gets its value among the options; it is left out while the input is empty or mapped, as only a run knows it then.
 */
export function growthOf(description: CardDescription, node: Pick<CardNode, "options" | "inputs">): Growth[] {
  const growing = [...growingFields(description.inputs), ...growingFields(description.outputs)];
  const byLoader = new Map(growing.map(({ grows, growsBy }) => [grows, growsBy]));
  return [...byLoader].flatMap(([loaderId, growsBy]): Growth[] => {
    const options: JsonObject = { ...node.options };
    if (growsBy === undefined) return [{ loaderId, options }];
    const value = node.inputs && Object.hasOwn(node.inputs, growsBy) ? node.inputs[growsBy] : undefined;
    if (!value || !("value" in value) || value.value === null || value.value === "") return [];
    return [{ loaderId, options: { ...options, [growsBy]: value.value } }];
  });
}

/** True for a card some of whose fields only its connection knows. */
export function grows(description: CardDescription): boolean {
  return growingFields(description.inputs).length + growingFields(description.outputs).length > 0;
}

function growingFields(fields: Fields): { grows: string; growsBy?: string }[] {
  return Object.values(fields).flatMap((field: Field) => [
    ...(field.grows ? [{ grows: field.grows, growsBy: field.growsBy }] : []),
    ...growingFields(field.fields ?? {}),
  ]);
}
