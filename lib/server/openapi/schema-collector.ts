import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import { isJsonObject, type Json, type JsonObject } from "#lib/flow/json.ts";
import { namedSchemas } from "./named-schemas.ts";

const COMPONENTS = "#/components/schemas/";

/** Turns zod schemas into JSON Schema, keeping what several of them share in one place. Convert outputs before inputs. */
export class SchemaCollector {
  /** The shared ones, by name. */
  readonly components: Record<string, JsonObject> = {};

  /** @param io what callers send ("input") or get ("output"); they differ where a value has a default */
  convert(schema: z.ZodType, io: "input" | "output"): JsonObject {
    const {
      $schema: _,
      $defs = {},
      ...root
    } = asJson(z.toJSONSchema(schema, { metadata: namedSchemas, io, target: "draft-2020-12" }));
    const definitions = isJsonObject($defs) ? $defs : {};
    const ownNames = new Map(Object.keys(definitions).map((name) => [name, name]));
    const names = new Map<string, string>();
    for (const [name, definition] of Object.entries(definitions)) {
      names.set(name, this.#freeName(name, renamed(withoutId(definition), ownNames), io));
    }
    for (const [name, definition] of Object.entries(definitions)) {
      const moved = renamed(withoutId(definition), names);
      if (isJsonObject(moved)) this.components[names.get(name) ?? name] = moved;
    }
    return this.#named(root, names, io);
  }

  /** A schema that is itself a shared one is replaced by a reference to it. */
  #named(root: JsonObject, names: Map<string, string>, io: "input" | "output"): JsonObject {
    const { id } = root;
    const body = renamed(withoutId(root), names);
    if (!isJsonObject(body)) return {};
    if (typeof id !== "string") return body;
    const own = renamed(body, new Map([["#", id]]));
    if (!isJsonObject(own)) return {};
    const name = this.#freeName(id, own, io);
    this.components[name] = own;
    return { $ref: COMPONENTS + name };
  }

  /** Input and output of one schema may differ; then the input gets a name of its own. */
  #freeName(name: string, definition: Json, io: "input" | "output"): string {
    if (io === "output") return name;
    const known = this.components[name];
    return known === undefined || isDeepStrictEqual(known, definition) ? name : `${name}Input`;
  }
}

function withoutId(definition: Json): Json {
  if (!isJsonObject(definition)) return definition;
  const { id, ...rest } = definition;
  return typeof id === "string" ? rest : definition;
}

/** Points references at the components. */
function renamed(value: Json, names: Map<string, string>): Json {
  if (Array.isArray(value)) return value.map((item) => renamed(item, names));
  if (!isJsonObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const target =
        key === "$ref" && typeof item === "string" ? names.get(item.replace("#/$defs/", "")) : undefined;
      return [key, target === undefined ? renamed(item, names) : COMPONENTS + target];
    }),
  );
}

function asJson(schema: object): JsonObject {
  return JSON.parse(JSON.stringify(schema));
}
