import { Ajv2019, type ValidateFunction } from "ajv/dist/2019.js";
import { isObject, type Json } from "../http/fields.ts";
import type { Exchange } from "../http/pipeline.ts";
import type { Allowances } from "./allowances.ts";
import { at, componentsSchema, describeError, toJsonSchema } from "./json-schema.ts";
import { OpenApi, type Operation } from "./openapi.ts";

/** Holds requests against an OpenAPI 3.0 document: body and query parameters. */
export class RequestChecker {
  readonly #api: OpenApi;
  readonly #allowed: Set<string>;
  readonly #ajv = new Ajv2019({ strict: false, allErrors: true, validateFormats: false });
  /** Query values are texts: "true" stands for true. */
  readonly #loose = new Ajv2019({
    strict: false,
    allErrors: true,
    validateFormats: false,
    coerceTypes: "array",
  });
  readonly #validators = new Map<string, ValidateFunction>();

  /** @throws Error when `document` is no OpenAPI document */
  constructor(document: unknown, { requests }: Allowances) {
    this.#api = new OpenApi(document);
    this.#allowed = new Set(requests.flatMap(({ problems }) => problems));
    for (const ajv of [this.#ajv, this.#loose])
      ajv.addSchema(componentsSchema(this.#api.document, "request"));
  }

  /** What is wrong with what was sent; nothing when it is as documented or a known deviation. */
  problems({ method, path, requestBody }: Exchange): string[] {
    const operation = this.#api.find(method, path);
    if (!operation) return [`unknown operation ${method} ${path.split("?", 1)[0]}`];
    const query = new URLSearchParams(path.split("?").slice(1).join("?"));
    const found = [...this.#bodyProblems(operation, requestBody), ...this.#queryProblems(operation, query)];
    return [...new Set(found)].filter((text) => !this.#allowed.has(`${operation.name} ${text}`));
  }

  #bodyProblems({ name, item }: Operation, body: unknown): string[] {
    const asked = this.#api.resolve(item.requestBody);
    if (body === undefined) return asked?.required === true ? ["the body is missing"] : [];
    const schema = at(asked, ["content", "application/json", "schema"]);
    if (!isObject(schema)) return ["takes no body, but one was sent"];
    const validate = this.#validator(this.#ajv, `${name} body`, schema);
    return validate(body) ? [] : (validate.errors ?? []).map((error) => `body${describeError(error)}`);
  }

  #queryProblems({ name, parameters }: Operation, query: URLSearchParams): string[] {
    const known = new Map(parameters.filter((one) => one.in === "query").map((one) => [one.name, one]));
    const missing = [...known.values()]
      .filter((one) => one.required === true && !query.has(String(one.name)))
      .map((one) => `query ${String(one.name)} is missing`);
    const wrong = [...query].flatMap(([key, value]) => {
      const parameter = known.get(key);
      if (!parameter) return [`query ${key} is not in the document`];
      if (!isObject(parameter.schema)) return [];
      const validate = this.#validator(this.#loose, `${name} query ${key}`, {
        type: "object",
        properties: { value: parameter.schema },
      });
      return validate({ value })
        ? []
        : (validate.errors ?? []).map((error) => `query ${key} ${error.message}`);
    });
    return [...missing, ...wrong];
  }

  #validator(ajv: Ajv2019, key: string, schema: Json): ValidateFunction {
    const made = this.#validators.get(key) ?? ajv.compile(toJsonSchema(schema, "request"));
    this.#validators.set(key, made);
    return made;
  }
}
