import type { Json, JsonObject } from "../flow/json.ts";

/**
 * Types a field may have. "datetime" is an ISO 8601 text with zone; "any" takes whatever arrives (only control and
 * function cards use it). `list` on the field makes it a list of the type.
 */
export type FieldType = "text" | "number" | "boolean" | "datetime" | "object" | "file" | "any";

export interface Choice {
  value: string;
  label: string;
}

/** "relative-path": a path below the connection's address whose first part is one of `roots`, with or without a query. */
export interface FieldFormat {
  kind: "relative-path";
  roots: readonly string[];
}

/** A field is shown and used only while the named option has one of these values. */
export interface FieldCondition {
  option: string;
  is: string[];
}

/** A typed input or output of a card, as plain data: the browser gets it as it stands. */
export interface Field {
  type: FieldType;
  list?: boolean;
  label: string;
  /**
   * Heading it stands under, with its neighbours of the same group: "System Properties". For the eye only; references
   * and values know nothing of it, so that a card can be put in order without touching the flows that use it.
   */
  group?: string;
  help?: string;
  required?: boolean;
  /** Masked wherever it is shown or stored in a history. */
  secret?: boolean;
  /** For values nobody declared the keys of: what stands under keys that are known to hold secrets is masked. */
  secretKeys?: boolean;
  /**
   * May be emptied on purpose: the literal `{ value: null }` is passed on to `run` as null, while an input that is left
   * empty, or mapped to something empty, is not there. On an object: holds for each of its children that does not say
   * otherwise.
   */
  clearable?: boolean;
  /** A drop-down with these choices. */
  choices?: Choice[];
  /** Id of a loader that searches the connection ("okta.users"); the admin may still type or map a value. */
  picker?: string;
  /**
   * With `picker`: the input beside it whose value narrows the choices ("application" for its instances). The loader gets
   * it among its options; while it is empty or mapped, all choices are offered.
   */
  pickerBy?: string;
  multiline?: boolean;
  /** May be left empty, but hardly anybody means to: validation warns then, with these words. */
  warnEmpty?: string;
  /** What Okta (or the card) does when the field is left empty, shown in the form. Never sent. */
  emptyMeans?: string;
  /** An example shown in an empty control. */
  placeholder?: string;
  /** What a text must look like; checked as far as it is typed, before anything runs. */
  format?: FieldFormat;
  /** On an object without declared children: names and values as many as the admin likes, each value fillable like any input. */
  entries?: boolean;
  /** Children of an object, or of each object in a list. */
  fields?: Fields;
  /** Id of a loader that adds children known only to the connection ("okta.userProfile": an org's custom attributes). */
  grows?: string;
  /**
   * With `grows`: the input of the same card whose value the loader needs ("application": each has a profile of its
   * own). It is passed on among the options; while it is empty or mapped, nothing is loaded.
   */
  growsBy?: string;
  when?: FieldCondition;
}

export interface Fields {
  [key: string]: Field;
}

declare const valueType: unique symbol;

/** A field that remembers, for the compiler only, what its value is in `run`. */
export type TypedField<T, Required extends boolean = boolean> = Field & {
  readonly [valueType]?: { value: T; required: Required };
};

export interface TypedFields {
  // biome-ignore lint/suspicious/noExplicitAny: the bound of a generic, never a value.
  [key: string]: TypedField<any>;
}

type ValueOf<F> = F extends { readonly [valueType]?: { value: infer T; required: boolean } } ? T : never;
type RequiredKeys<F> = {
  [K in keyof F]: F[K] extends { readonly [valueType]?: { value: unknown; required: infer R } }
    ? [R] extends [true]
      ? K
      : never
    : never;
}[keyof F];

/** What `run` receives: required fields are there, others may be missing. An input left empty is never there. */
export type InputValues<F> = { [K in RequiredKeys<F>]: ValueOf<F[K]> } & {
  [K in Exclude<keyof F, RequiredKeys<F>>]?: ValueOf<F[K]>;
};

/** What `run` returns: every output, null where the system gave none. */
export type OutputValues<F> = { [K in keyof F]: ValueOf<F[K]> | null };

type Settings<R extends boolean> = Omit<Field, "type" | "list" | "required" | "fields"> & { required?: R };

function of<T>(type: FieldType, list?: boolean) {
  return <R extends boolean = false>(settings: Settings<R>): TypedField<T, NoInfer<R>> =>
    list ? { type, list: true, ...settings } : { type, ...settings };
}

/** Builders of fields: `field.text({ label: "First name", required: true })`. */
export const field = {
  text: of<string>("text"),
  number: of<number>("number"),
  boolean: of<boolean>("boolean"),
  /** ISO 8601 with zone, for example `2026-11-21T09:00:00.000Z`. */
  datetime: of<string>("datetime"),
  any: of<Json>("any"),
  textList: of<string[]>("text", true),
  numberList: of<number[]>("number", true),
  anyList: of<Json[]>("any", true),
  /** An object whose children are declared; with `grows`, others may be there too. */
  object: <F extends TypedFields, R extends boolean = false>(
    settings: Settings<R> & { fields?: F },
  ): TypedField<InputValues<F> & JsonObject, NoInfer<R>> => ({ type: "object", ...settings }),
  objectList: <F extends TypedFields, R extends boolean = false>(
    settings: Settings<R> & { fields?: F },
  ): TypedField<(InputValues<F> & JsonObject)[], NoInfer<R>> => ({ type: "object", list: true, ...settings }),
};

/** The same field, which may be emptied on purpose: `run` may get null for it. */
export function clearable<T, R extends boolean>(field: TypedField<T, R>): TypedField<T | null, R> {
  const { type, ...rest }: Field = field;
  return { type, ...rest, clearable: true };
}
