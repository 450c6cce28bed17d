import { invalid, problem } from "./problem.ts";

export type Json = Record<string, unknown>;

/** True for a JSON object (not an array, not null). */
export function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The request body as an object; anything else is a malformed body. */
export function bodyObject(body: unknown): Json {
  if (!isObject(body)) throw problem("E0000003");
  return body;
}

/** An object property, or undefined when absent or null. */
export function objectField(parent: Json, name: string): Json | undefined {
  const value = parent[name];
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw invalid(name, `${name}: must be an object`);
  return value;
}

/** A string property, or undefined when absent or null. */
export function textField(parent: Json, name: string): string | undefined {
  const value = parent[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== "string") throw invalid(name, `${name}: must be a string`);
  return value;
}

/** A string property that must be there and not empty. */
export function requiredText(parent: Json, name: string, label = name): string {
  const value = textField(parent, name);
  if (value === undefined || value === "") throw invalid(label, `${label}: The field cannot be left blank`);
  return value;
}

/** A list of strings, or undefined when absent or null. */
export function textList(parent: Json, name: string): string[] | undefined {
  const value = parent[name];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value)) throw invalid(name, `${name}: must be an array of strings`);
  return value.map((item: unknown) => {
    if (typeof item !== "string") throw invalid(name, `${name}: must be an array of strings`);
    return item;
  });
}

/** A query flag; `fallback` when absent. Okta reads anything but "true" as false. */
export function flag(query: URLSearchParams, name: string, fallback: boolean): boolean {
  const text = query.get(name);
  return text === null || text === "" ? fallback : text.toLowerCase() === "true";
}
