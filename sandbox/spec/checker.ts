import { Ajv2019, type ValidateFunction } from "ajv/dist/2019.js";
import { isObject, type Json } from "../http/fields.ts";
import type { Exchange } from "../http/pipeline.ts";
import type { Allowances } from "./allowances.ts";
import { at, componentsSchema, describeError, toJsonSchema } from "./json-schema.ts";
import { OpenApi, type Operation } from "./openapi.ts";

const ERROR = { content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } };

/** Holds the answers of exchanges against an OpenAPI 3.0 document. */
export class SpecChecker {
  readonly #api: OpenApi;
  readonly #statuses: Set<string>;
  readonly #allowed: Set<string>;
  readonly #ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: false });
  readonly #validators = new Map<string, ValidateFunction | null>();

  /** @throws Error when `document` is no OpenAPI document */
  constructor(document: unknown, { statuses, answers }: Allowances) {
    this.#api = new OpenApi(document);
    this.#statuses = new Set(statuses.map(({ operation, status }) => `${operation} ${status}`));
    this.#allowed = new Set(answers.flatMap(({ problems }) => problems));
    this.#ajv.addSchema(componentsSchema(this.#api.document, "answer"));
  }

  /** What is wrong with an answer; nothing when it is as documented or a known deviation. */
  problems(exchange: Exchange): string[] {
    const operation = this.#api.find(exchange.method, exchange.path);
    if (!operation) return [`unknown operation ${exchange.method} ${exchange.path.split("?", 1)[0]}`];
    const response = this.#response(operation, exchange.status);
    if (!response) return [`undocumented status ${exchange.status}`];
    const validate = this.#validator(`${operation.name} ${exchange.status}`, response);
    if (!validate) return [];
    if (exchange.body === null || exchange.body === undefined) {
      const mayBeEmpty = exchange.status === 204 || exchange.status >= 300;
      return mayBeEmpty ? [] : [`no body for ${exchange.status}`];
    }
    if (validate(exchange.body)) return [];
    const found = (validate.errors ?? []).map(describeError);
    return [...new Set(found)].filter((text) => !this.#allowed.has(`${operation.name} ${text}`));
  }

  #response({ name, item }: Operation, status: number): Json | null {
    const { responses } = item;
    if (!isObject(responses)) return null;
    const documented = this.#api.resolve(responses[String(status)]);
    if (documented) return documented;
    const known = this.#statuses.has(`${name} ${status}`);
    if (known && status < 300) {
      const success = Object.keys(responses).find((code) => code.startsWith("2"));
      return success ? this.#api.resolve(responses[success]) : null;
    }
    // The document leaves out 401 everywhere.
    return known || status === 401 ? ERROR : null;
  }

  #validator(key: string, response: Json): ValidateFunction | null {
    const cached = this.#validators.get(key);
    if (cached !== undefined) return cached;
    const schema = at(response, ["content", "application/json", "schema"]);
    const made = isObject(schema) ? this.#ajv.compile(toJsonSchema(schema, "answer")) : null;
    this.#validators.set(key, made);
    return made;
  }
}
