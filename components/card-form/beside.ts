import { isJsonObject } from "#lib/flow/json.ts";
import type { Value } from "#lib/flow/value.ts";
import { literalText } from "./literal-text.ts";

type Values = { [key: string]: Value };

/**
 * What the input `name` beside the one at `path` is filled with, "" where it is empty or mapped. An item of a list stands
 * beside what the list stands beside.
 */
export function textBeside(values: Values | undefined, path: readonly string[], name: string): string {
  let level = values;
  for (const key of path.slice(0, -1)) {
    const inner = own(level, key);
    const children = inner ? childrenOf(inner) : undefined;
    if (!children) break;
    level = children;
  }
  return literalText(own(level, name));
}

function own(values: Values | undefined, key: string): Value | undefined {
  return values && Object.hasOwn(values, key) ? values[key] : undefined;
}

function childrenOf(value: Value): Values | undefined {
  if ("object" in value) return value.object;
  if (!("value" in value) || !isJsonObject(value.value)) return undefined;
  return Object.fromEntries(Object.entries(value.value).map(([key, each]) => [key, { value: each }]));
}
