import type { LookUpCall } from "../../../cards/card.ts";
import type { Match } from "../../../cards/define.ts";
import { CardError } from "../../../cards/errors.ts";
import { field, type TypedFields } from "../../../cards/field.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";
import { ATTRIBUTE_TEST_CHOICES, attributeTest, meetsTest } from "./compare-attribute.ts";
import { anyOf, type Conditions, conditions, filled, isOneOf, nameOf } from "./conditions.ts";
import { type Person, personOf } from "./person.ts";

/** Whom and what an event is about, as far as its card knows. */
export interface About {
  user?: (event: JsonObject) => Json;
  group?: (event: JsonObject) => Json;
}

const group = {
  groups: field.textList({
    label: "Group is one of",
    picker: "okta.groups",
    emptyMeans: "any group",
    help: "The group the event is about, by id or name.",
  }),
};

const user = {
  memberOf: field.textList({
    label: "User is a member of one of",
    picker: "okta.groups",
    emptyMeans: "any user",
    help: "Groups by id or name. The user's groups are looked up in Okta when the event arrives.",
  }),
  notMemberOf: field.textList({
    label: "User is a member of none of",
    picker: "okta.groups",
    emptyMeans: "any user",
    help: "Groups by id or name. The user's groups are looked up in Okta when the event arrives.",
  }),
  departments: field.textList({
    label: "User's department is one of",
    picker: "okta.departments",
    emptyMeans: "any department",
    help: "Read from the user's profile when the event arrives. Upper and lower case are the same.",
  }),
  attribute: field.text({
    label: "User's profile attribute",
    picker: "okta.userAttributes",
    emptyMeans: "no further condition",
    help: "The variable name of any attribute of the profile, the org's own among them: userType.",
  }),
  attributeTest: field.text({
    label: "Attribute comparison",
    choices: ATTRIBUTE_TEST_CHOICES,
    emptyMeans: "is",
    help: "Upper and lower case are the same. For a list, “is” and “contains” look at its items.",
  }),
  attributeValue: field.text({
    label: "Attribute value",
    picker: "okta.attributeValues",
    pickerBy: "attribute",
    help: "What the attribute is compared with.",
  }),
};

const actor = {
  doneBy: field.textList({
    label: "Done by one of",
    picker: "okta.users",
    emptyMeans: "anybody",
    help: "Who did it, by id or login.",
  }),
  notDoneBy: field.textList({
    label: "Done by none of",
    picker: "okta.users",
    emptyMeans: "anybody",
    help: "Keeps a flow from starting itself: name the admin whose connection it uses.",
  }),
};

const all = { ...group, ...user, ...actor };
type Given = Partial<
  Record<"groups" | "memberOf" | "notMemberOf" | "departments" | "doneBy" | "notDoneBy", string[]>
> &
  Partial<Record<"attribute" | "attributeTest" | "attributeValue", string>>;

/**
 * The conditions an event card offers under "Conditions": about its group and its user where it has them, and about who
 * did it. What stands in the event is compared first; Okta is asked only for what is left, once for each user.
 * Needs okta.users.read where a condition reads the user.
 */
export function runConditions(about: About): Conditions {
  const fields: TypedFields = {
    ...(about.group ? group : {}),
    ...(about.user ? user : {}),
    ...actor,
  };
  const inputs = {
    conditions: field.object<typeof all>({
      label: "Conditions",
      help: "The flow runs for events that meet all of these; for others the execution says why it did not.",
      // The compiler knows all of them; a card shows those it can check.
      fields: fields as typeof all,
    }),
  };
  return conditions(
    inputs,
    async ({ event, inputs: { conditions: given }, client }) => {
      if (!given) return true;
      const wanted: Given = given;
      const inEvent = checkActor(event, wanted) ?? checkGroup(about.group?.(event), wanted);
      if (inEvent) return inEvent;
      return (await checkUser(about.user?.(event), wanted, (id) => personOf(client, id))) ?? true;
    },
    about.user ? PERSON_CALLS : [],
  );
}

/** See `personOf`. */
const PERSON_CALLS: LookUpCall[] = [
  { call: "GET /api/v1/users/{id}", when: "where a condition asks for the user's department or attribute" },
  {
    call: "GET /api/v1/users/{id}/groups",
    when: "where a condition asks for the user's groups, page by page",
  },
];

type Reason = Exclude<Match, true | { found: JsonObject }>;

function checkActor({ actor: found }: JsonObject, given: Given): Reason | undefined {
  const [by, notBy] = [filled(given.doneBy), filled(given.notDoneBy)];
  const actor = isJsonObject(found) ? found : {};
  if (by.length > 0 && !isOneOf(actor, by)) {
    return { reason: `it was done by ${nameOf(actor)}, and the flow is for what ${anyOf(by)} does.` };
  }
  if (notBy.length > 0 && isOneOf(actor, notBy)) {
    return { reason: `it was done by ${nameOf(actor)}, whom the flow leaves out.` };
  }
  return undefined;
}

function checkGroup(found: Json | undefined, given: Given): Reason | undefined {
  const wanted = filled(given.groups);
  if (wanted.length === 0) return undefined;
  if (!isJsonObject(found)) return { reason: "the event names no group." };
  if (isOneOf(found, wanted)) return undefined;
  const id = typeof found.id === "string" ? ` (${found.id})` : "";
  const name = typeof found.displayName === "string" ? found.displayName : "without a name";
  return { reason: `the group is ${name}${id}, and the flow is for ${anyOf(wanted)}.` };
}

async function checkUser(
  found: Json | undefined,
  given: Given,
  ask: (id: string) => Person,
): Promise<Reason | undefined> {
  const attribute = given.attribute?.trim() ?? "";
  const departments = filled(given.departments);
  const [memberOf, notMemberOf] = [filled(given.memberOf), filled(given.notMemberOf)];
  if (attribute === "" && departments.length + memberOf.length + notMemberOf.length === 0) return undefined;
  const test = attributeTest(given.attributeTest);
  if (attribute !== "" && test.needsValue && !given.attributeValue?.trim())
    throw nothingToCompare(test.label);
  if (!isJsonObject(found) || typeof found.id !== "string" || found.id === "") {
    return { reason: "the event names no user." };
  }
  const name = nameOf(found);
  const gone = { reason: `${name} is gone from Okta, so the conditions on the user can't be checked.` };
  const person = ask(found.id);
  if (departments.length > 0 || attribute !== "") {
    const profile = await person.profile();
    if (!profile) return gone;
    const reason = checkProfile(profile, name, given, departments);
    if (reason) return { reason };
  }
  if (memberOf.length + notMemberOf.length === 0) return undefined;
  const groups = await person.groupsAmong([...memberOf, ...notMemberOf]);
  if (!groups) return gone;
  if (memberOf.length > 0 && !memberOf.some((one) => groups.includes(one))) {
    return { reason: `${name} is not a member of ${anyOf(memberOf)}.` };
  }
  const unwanted = notMemberOf.find((one) => groups.includes(one));
  return unwanted === undefined
    ? undefined
    : { reason: `${name} is a member of ${unwanted}, which the flow leaves out.` };
}

function checkProfile(
  profile: JsonObject,
  name: string,
  { attribute, attributeTest: chosen, attributeValue = "" }: Given,
  departments: string[],
): string | undefined {
  const { department } = profile;
  if (departments.length > 0 && !departments.some((one) => meetsTest(department, "is", one))) {
    return `the department of ${name} is ${shown(department)}, and the flow is for ${anyOf(departments)}.`;
  }
  const key = attribute?.trim() ?? "";
  if (key === "") return undefined;
  const actual = Object.hasOwn(profile, key) ? profile[key] : undefined;
  const test = attributeTest(chosen);
  if (meetsTest(actual, test.value, attributeValue)) return undefined;
  const condition = test.needsValue ? `${test.label} “${attributeValue.trim()}”` : test.label;
  return `“${key}” of ${name} is ${shown(actual)}, and the flow is for users where it ${condition}.`;
}

function shown(value: Json | undefined): string {
  if (value === undefined || value === null || value === "") return "empty";
  return `“${Array.isArray(value) ? value.map(String).join(", ") : String(value)}”`;
}

function nothingToCompare(comparison: string): CardError {
  return new CardError(
    `The condition on a profile attribute ("${comparison}") has no value to compare with.`,
    {
      kind: "input",
      code: "missing-input",
      field: ["conditions", "attributeValue"],
      hint: "Fill in Attribute value, or choose “is empty” or “is not empty”.",
    },
  );
}
