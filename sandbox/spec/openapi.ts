import { isObject, type Json } from "../http/fields.ts";
import { Router, route } from "../http/router.ts";
import { at } from "./json-schema.ts";

const METHODS = ["get", "post", "put", "delete", "patch"];

/** One operation of the document. */
export interface Operation {
  /** As it is called in allowances: `GET /api/v1/apps/{appId}`. */
  name: string;
  item: Json;
  /** Of the operation and of its path, references followed. */
  parameters: Json[];
}

/** An OpenAPI 3.0 document: which operation a call is, and what stands behind a reference. */
export class OpenApi {
  readonly document: Json;
  readonly #router: Router;

  /** @throws Error when it is no OpenAPI document */
  constructor(document: unknown) {
    if (!isObject(document) || !isObject(document.paths))
      throw new Error("This is no OpenAPI document: it has no paths.");
    this.document = document;
    this.#router = new Router(
      Object.entries(document.paths).flatMap(([template, item]) =>
        METHODS.filter((method) => isObject(item) && method in item).map((method) =>
          route(method.toUpperCase(), template, () => ({ status: 200 })),
        ),
      ),
    );
  }

  /** The operation a request goes to; null when the document has none. @param path with or without its query */
  find(method: string, path: string): Operation | null {
    const match = this.#router.find(method, path.split("?", 1)[0] ?? path);
    if (!match.found) return null;
    const { template } = match.route;
    const item = at(this.document, ["paths", template, method.toLowerCase()]);
    if (!isObject(item)) return null;
    const shared = at(this.document, ["paths", template, "parameters"]);
    const parameters = [shared, item.parameters].flatMap((list) => this.#all(list));
    return { name: `${method} ${template}`, item, parameters };
  }

  #all(list: unknown): Json[] {
    const entries: unknown[] = Array.isArray(list) ? list : [];
    return entries.map((entry) => this.resolve(entry)).filter((entry) => entry !== null);
  }

  /** An object, or the one its `$ref` names; null for anything else. */
  resolve(value: unknown): Json | null {
    if (!isObject(value)) return null;
    if (typeof value.$ref !== "string") return value;
    const target = at(this.document, value.$ref.split("/").slice(1));
    return isObject(target) ? target : null;
  }
}
