import { type ChoicePage, defineChoiceLoader } from "../../../cards/connector.ts";
import { isJsonObject, type Json } from "../../../flow/json.ts";
import { type OktaClient, okta } from "../client.ts";
import { PAGE_SIZE } from "../collect.ts";

/** Read for one list: 25 calls, a twentieth of what Okta lets an org make of GET /api/v1/users in a minute. */
const MOST_PEOPLE = 5_000;
/** What names of profile attributes look like (Okta's own rule for variable names); all else would be a filter's text. */
const ATTRIBUTE = /^[A-Za-z_]\w*$/;

/**
 * The values a profile attribute has among the org's users, each once, with how many have it. Okta keeps no such list, so
 * users are read page by page, those only where the attribute is filled in; the note says where reading ended.
 * The attribute is the option `attribute`; without it there is nothing to choose from. Needs okta.users.read.
 */
export const attributeValuesLoader = defineChoiceLoader({
  id: "okta.attributeValues",
  connector: okta,
  whole: true,
  load: ({ client, options }) => {
    const attribute = typeof options?.attribute === "string" ? options.attribute.trim() : "";
    return valuesOf(client, attribute);
  },
});

/** The departments of the org's users. */
export const departmentsLoader = defineChoiceLoader({
  id: "okta.departments",
  connector: okta,
  whole: true,
  load: ({ client }) => valuesOf(client, "department"),
});

async function valuesOf(client: OktaClient, attribute: string): Promise<ChoicePage> {
  if (attribute === "")
    return { choices: [], note: "Choose the attribute first; then its values are listed here." };
  if (!ATTRIBUTE.test(attribute))
    return { choices: [], note: `“${attribute}” is not the variable name of an attribute.` };
  const people = new Map<string, number>();
  const query = { search: `profile.${attribute} pr`, limit: PAGE_SIZE };
  let read = 0;
  let cut = false;
  for await (const page of client.pages({ path: "/api/v1/users", query })) {
    if (read >= MOST_PEOPLE) {
      cut = true;
      break;
    }
    read += page.length;
    for (const value of page.flatMap((user) => [...new Set(textsOf(user, attribute))])) {
      people.set(value, (people.get(value) ?? 0) + 1);
    }
  }
  const choices = [...people]
    .sort(([one], [other]) => one.localeCompare(other, "en", { numeric: true }))
    .map(([value, count]) => ({ value, label: value, detail: count === 1 ? "1 person" : `${count} people` }));
  const note = cut
    ? `Only the first ${MOST_PEOPLE.toLocaleString("en")} people were read, so values may be missing. Any other may be typed.`
    : undefined;
  return { choices, note };
}

/** The values as a condition compares them: those of a list one by one, numbers and yes or no as text. */
function textsOf(user: Json, attribute: string): string[] {
  const profile = isJsonObject(user) && isJsonObject(user.profile) ? user.profile : {};
  const value = Object.hasOwn(profile, attribute) ? profile[attribute] : null;
  return (Array.isArray(value) ? value : [value]).flatMap((each) => {
    if (typeof each === "string") return each.trim() === "" ? [] : [each.trim()];
    return typeof each === "number" || typeof each === "boolean" ? [String(each)] : [];
  });
}
