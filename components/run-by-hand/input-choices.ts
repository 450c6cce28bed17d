import type { Field, Fields } from "#lib/cards/field.ts";

/** An input a column can fill in. */
export interface InputChoice {
  path: string[];
  /** "Profile › Department" */
  label: string;
  field: Field;
  required: boolean;
}

/** The inputs of a card that a cell can hold: single values and lists of them, inside objects too. */
export function inputChoices(fields: Fields, at: string[] = [], within = ""): InputChoice[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const path = [...at, key];
    const label = within ? `${within} › ${field.label}` : field.label;
    if (field.type === "object" && !field.list && field.fields)
      return inputChoices(field.fields, path, label);
    if (field.type === "object" || field.type === "file") return [];
    return [{ path, label, field, required: field.required === true }];
  });
}

/** The input a list of people goes to by default: the first that is picked among users, else the first that is required. */
export function personInput(choices: readonly InputChoice[]): InputChoice | undefined {
  const users = choices.filter(({ field }) => field.picker === "okta.users");
  return users.find(({ field }) => !field.list) ?? users[0] ?? choices.find(({ required }) => required);
}

/**
 * The inputs the columns of a list go to by default: by name, however it is written ("First Name", "profile.firstName");
 * the first column goes to the person where no name says so.
 */
export function matchColumns(
  names: readonly string[],
  choices: readonly InputChoice[],
): (InputChoice | null)[] {
  const free = new Set(choices);
  const take = (choice: InputChoice | undefined) => {
    if (choice) free.delete(choice);
    return choice ?? null;
  };
  const matched = names.map((name) => take([...free].find((choice) => isCalled(choice, name))));
  const person = personInput(choices);
  const [first] = matched;
  if (first === null && person && free.has(person)) return [take(person), ...matched.slice(1)];
  return matched;
}

function isCalled({ path, label }: InputChoice, name: string): boolean {
  const wanted = plain(name);
  if (wanted === "") return false;
  return [path.join("."), path.at(-1) ?? "", label, label.split(" › ").at(-1) ?? ""].some(
    (known) => plain(known) === wanted,
  );
}

function plain(text: string): string {
  return text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}

/** Fields without those at the given paths: what columns fill in is not asked for again. */
export function withoutPaths(fields: Fields, paths: readonly string[][]): Fields {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([key, field]): [string, Field][] => {
      const inside = paths.filter(([first]) => first === key).map(([, ...rest]) => rest);
      if (inside.some((rest) => rest.length === 0)) return [];
      if (inside.length === 0 || !field.fields) return [[key, field]];
      const inner = withoutPaths(field.fields, inside);
      return Object.keys(inner).length > 0 ? [[key, { ...field, fields: inner }]] : [];
    }),
  );
}
