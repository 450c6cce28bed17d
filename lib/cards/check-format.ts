import type { Json } from "../flow/json.ts";
import type { TextPart } from "../flow/value.ts";
import type { Field } from "./field.ts";
import { relativePathProblem } from "./relative-path.ts";

/** Stands for what a reference will give. Any id has this form. */
const SOMETHING = "x";

/**
 * What is wrong with the form of a text somebody typed, as a sentence that says what to do; undefined where nothing is,
 * or where the field asks for no form. The card itself looks again when it runs and every value is known.
 */
export function formatProblem(value: Json, field: Field): string | undefined {
  if (!field.format || typeof value !== "string" || value === "") return undefined;
  const problem = relativePathProblem(value, field.format.roots);
  return problem && `${field.label} ${problem.what}: ${lowerFirst(problem.hint)}`;
}

/**
 * The same for a text made of typed parts and references. A text that begins with a reference may become anything, so
 * it is left to the run.
 */
export function templateFormatProblem(parts: readonly TextPart[], field: Field): string | undefined {
  if (typeof parts[0] !== "string" || parts[0] === "") return undefined;
  return formatProblem(parts.map((part) => (typeof part === "string" ? part : SOMETHING)).join(""), field);
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
