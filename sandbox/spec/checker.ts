import { Ajv, type ErrorObject, type ValidateFunction } from "ajv";
import { isObject, type Json } from "../http/fields.ts";
import type { Exchange } from "../http/pipeline.ts";
import { Router, route } from "../http/router.ts";

/** Deviations of the real service from its own document; see allowances.json. */
export interface Allowances {
  /** "POST /api/v1/groups/rules 423" */
  statuses: readonly string[];
  /** "GET /api/v1/apps/{appId} /universalLogout must be object" */
  schema: readonly string[];
}

const BASE = "http://spec/";
const METHODS = ["get", "post", "put", "delete", "patch"];
/** Keywords of OpenAPI that JSON Schema does not have, or that say nothing about a response. */
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
]);

/** Holds exchanges against an OpenAPI 3.0 document. */
export class SpecChecker {
  readonly #document: Json;
  readonly #allowed: { statuses: Set<string>; schema: Set<string> };
  readonly #router: Router;
  readonly #ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
  readonly #validators = new Map<string, ValidateFunction | null>();

  constructor(document: unknown, allowances: Allowances) {
    if (!isObject(document) || !isObject(document.paths))
      throw new Error("This is no OpenAPI document: it has no paths.");
    this.#document = document;
    this.#allowed = { statuses: new Set(allowances.statuses), schema: new Set(allowances.schema) };
    this.#ajv.addSchema({
      $id: BASE,
      components: toJsonSchema(isObject(document.components) ? document.components : {}),
    });
    this.#router = new Router(
      Object.entries(document.paths).flatMap(([template, item]) =>
        METHODS.filter((method) => isObject(item) && method in item).map((method) =>
          route(method.toUpperCase(), template, () => ({ status: 200 })),
        ),
      ),
    );
  }

  /** What is wrong with an exchange; nothing when it is as documented or a known deviation. */
  problems(exchange: Exchange): string[] {
    const path = exchange.path.split("?", 1)[0] ?? exchange.path;
    const match = this.#router.find(exchange.method, path);
    if (!match.found) return [`unknown operation ${exchange.method} ${path}`];
    const operation = `${exchange.method} ${match.route.template}`;
    const response = this.#response(match.route.template, exchange.method, exchange.status, operation);
    if (!response) return [`undocumented status ${exchange.status}`];
    const validate = this.#validator(`${operation} ${exchange.status}`, response);
    if (!validate) return [];
    if (exchange.body === null || exchange.body === undefined) {
      const mayBeEmpty = exchange.status === 204 || exchange.status >= 300;
      return mayBeEmpty ? [] : [`no body for ${exchange.status}`];
    }
    if (validate(exchange.body)) return [];
    const found = (validate.errors ?? []).map(describe);
    return [...new Set(found)].filter((text) => !this.#allowed.schema.has(`${operation} ${text}`));
  }

  #response(template: string, method: string, status: number, operation: string): Json | null {
    const responses = at(this.#document, ["paths", template, method.toLowerCase(), "responses"]);
    if (!isObject(responses)) return null;
    const documented = this.#resolve(responses[String(status)]);
    if (documented) return documented;
    const known = this.#allowed.statuses.has(`${operation} ${status}`);
    if (known && status < 300) {
      const success = Object.keys(responses).find((code) => code.startsWith("2"));
      return success ? this.#resolve(responses[success]) : null;
    }
    // The document leaves out 401 everywhere.
    if (known || status === 401) {
      return { content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } };
    }
    return null;
  }

  #validator(key: string, response: Json): ValidateFunction | null {
    const cached = this.#validators.get(key);
    if (cached !== undefined) return cached;
    const schema = at(response, ["content", "application/json", "schema"]);
    const made = isObject(schema) ? this.#ajv.compile(toJsonSchema(schema)) : null;
    this.#validators.set(key, made);
    return made;
  }

  #resolve(value: unknown): Json | null {
    if (!isObject(value)) return null;
    if (typeof value.$ref !== "string") return value;
    const target = at(this.#document, value.$ref.split("/").slice(1));
    return isObject(target) ? target : null;
  }
}

/**
 * A schema of OpenAPI 3.0 as JSON Schema. `oneOf` becomes `anyOf`: Okta's variants overlap, so a correct body
 * often fits several.
 */
function toJsonSchema(schema: Json): Json {
  const out: Json = {};
  for (const [key, value] of Object.entries(schema)) {
    if (FOREIGN.has(key) || key.startsWith("x-")) continue;
    if (key === "$ref" && typeof value === "string") out.$ref = value.replace("#/", `${BASE}#/`);
    else out[key === "oneOf" ? "anyOf" : key] = convert(value, key);
  }
  if (schema.nullable === true) {
    if (typeof out.type === "string") out.type = [out.type, "null"];
    if (Array.isArray(out.enum) && !out.enum.includes(null)) out.enum = [...out.enum, null];
  }
  return out;
}

// Below these keys stand names, not keywords: a property may be called "format" or "example".
const NAMES = new Set(["properties", "schemas", "definitions", "patternProperties"]);

function convert(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value.map((item: unknown) => (isObject(item) ? toJsonSchema(item) : item));
  if (!isObject(value)) return value;
  if (!NAMES.has(key)) return toJsonSchema(value);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, isObject(item) ? toJsonSchema(item) : item]),
  );
}

function describe(error: ErrorObject): string {
  const where = error.instancePath
    .replace(/\/\d+(?=\/|$)/g, "/*")
    .replace(/(definitions\/custom\/properties\/)[^/]+/, "$1*");
  return `${where} ${error.message ?? error.keyword}`;
}

function at(value: unknown, keys: readonly string[]): unknown {
  return keys.reduce<unknown>((found, key) => (isObject(found) ? found[key] : undefined), value);
}
