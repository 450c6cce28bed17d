import type { ErrorObject } from "ajv";
import { isObject, type Json } from "../http/fields.ts";

/** Where the components of the document stand for `$ref`. */
export const COMPONENTS = "http://spec/";

/** What a schema is to hold: an answer may say more than the document, a request may not. */
export type Direction = "answer" | "request";

/** Keywords of OpenAPI that JSON Schema does not have, or that say nothing about a value. */
const FOREIGN = new Set([
  "nullable",
  "discriminator",
  "example",
  "examples",
  "xml",
  "externalDocs",
  "readOnly",
  "writeOnly",
  "deprecated",
  "format",
  "default",
]);
// Below these keys stand names, not keywords: a property may be called "format" or "example".
const NAMES = new Set(["properties", "schemas", "definitions", "patternProperties"]);
// Below these stand parts of one schema: what a part does not know, its neighbour may.
const PARTS = new Set(["allOf", "anyOf", "oneOf", "not"]);

/**
 * A schema of OpenAPI 3.0 as JSON Schema (draft 2019-09). `oneOf` becomes `anyOf`: Okta's variants overlap, so a correct
 * body often fits several. For requests, properties that only Okta may set (`readOnly`) are refused and never required,
 * and so is every property the document does not know, unless it allows others: nearly nothing is required there, so a
 * misspelt name would pass otherwise.
 */
export function toJsonSchema(schema: Json, direction: Direction, part = false): Json {
  const out: Json = {};
  for (const [key, value] of Object.entries(schema)) {
    if (FOREIGN.has(key) || key.startsWith("x-")) continue;
    if (key === "$ref" && typeof value === "string") out.$ref = value.replace("#/", `${COMPONENTS}#/`);
    else out[key === "oneOf" ? "anyOf" : key] = convert(value, key, direction);
  }
  if (schema.nullable === true) {
    if (typeof out.type === "string") out.type = [out.type, "null"];
    if (Array.isArray(out.enum) && !out.enum.includes(null)) out.enum = [...out.enum, null];
  }
  if (direction === "request") forRequest(schema, out, part);
  return out;
}

function forRequest(schema: Json, out: Json, part: boolean): void {
  const properties = isObject(schema.properties) ? schema.properties : {};
  const own = Object.keys(properties).filter((name) => at(properties, [name, "readOnly"]) === true);
  if (Array.isArray(out.required)) out.required = out.required.filter((name) => !own.includes(String(name)));
  if (own.length > 0) {
    const refused = Object.fromEntries(own.map((name) => [name, false]));
    out.properties = { ...(isObject(out.properties) ? out.properties : {}), ...refused };
  }
  if (part || out.additionalProperties !== undefined) return;
  const says = ["properties", "$ref", "allOf", "anyOf"].some((key) => out[key] !== undefined);
  // An object of which nothing is said may hold anything.
  if (says) out.unevaluatedProperties = false;
}

function convert(value: unknown, key: string, direction: Direction): unknown {
  if (Array.isArray(value)) {
    return value.map((item: unknown) =>
      isObject(item) ? toJsonSchema(item, direction, PARTS.has(key)) : item,
    );
  }
  if (!isObject(value)) return value;
  // Components are what `$ref` stands for: where they are used decides what may stand beside them.
  if (!NAMES.has(key)) return toJsonSchema(value, direction, PARTS.has(key));
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [
      name,
      isObject(item) ? toJsonSchema(item, direction, key === "schemas") : item,
    ]),
  );
}

/** The components of a document, for `addSchema`. */
export function componentsSchema(document: Json, direction: Direction): Json {
  const components = isObject(document.components) ? document.components : {};
  return { $id: COMPONENTS, components: convertComponents(components, direction) };
}

function convertComponents(components: Json, direction: Direction): Json {
  const schemas = isObject(components.schemas) ? components.schemas : {};
  return { schemas: convert(schemas, "schemas", direction) };
}

/** One finding in one line: where, without the numbers of list items, and what. */
export function describeError(error: ErrorObject): string {
  const where = error.instancePath
    .replace(/\/\d+(?=\/|$)/g, "/*")
    .replace(/(definitions\/custom\/properties\/)[^/]+/, "$1*");
  const { params } = error;
  if (error.keyword === "unevaluatedProperties")
    return `${where}/${String(params.unevaluatedProperty)} is not in the document`;
  if (error.keyword === "additionalProperties")
    return `${where}/${String(params.additionalProperty)} is not in the document`;
  if (error.keyword === "false schema") return `${where} is set by Okta alone`;
  return `${where} ${error.message ?? error.keyword}`;
}

/** The value below some keys; undefined where there is none. */
export function at(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((found, key) => (isObject(found) ? found[key] : undefined), value);
}
