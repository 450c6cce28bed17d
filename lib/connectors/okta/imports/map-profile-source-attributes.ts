import { defineAction } from "../../../cards/define.ts";
import { CardError } from "../../../cards/errors.ts";
import { field } from "../../../cards/field.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";
import { APP_ATTRIBUTE_KEYS_LOADER } from "../apps/app-fields.ts";
import { okta } from "../client.ts";
import { docsUrl } from "../docs-url.ts";
import { readOutputs, readSample } from "../read-outputs.ts";
import {
  asTexts,
  HELP_SOURCE,
  importedUserFields,
  importOperation,
  MAX_REQUESTS,
  MAX_USERS_PER_REQUEST,
  SAMPLE_SOURCE_ID,
  sourceInput,
  sourceProfileFields,
} from "./import-fields.ts";

/** What a session takes. */
const MAX_USERS = MAX_REQUESTS * MAX_USERS_PER_REQUEST;
const STANDARD_KEY = "externalId";
const outputs = { users: field.objectList({ label: "Users", group: "Data", fields: importedUserFields }) };

const SAMPLE_ROW: JsonObject = {
  employeeId: 2001,
  userName: "ola.berg@example.com",
  firstName: "Ola",
  lastName: "Berg",
  email: "ola.berg@example.com",
};

export const mapProfileSourceAttributes = defineAction({
  id: "okta.imports.mapAttributes",
  version: 1,
  title: "Map Profile Source Attributes",
  summary: "Turns rows of an HR system into the users Bulk User Import takes.",
  help:
    `${HELP_SOURCE}\n\n` +
    "**Attributes** says under which key of a row each attribute stands. Left empty altogether, every key of a row but " +
    "the external id is taken under its own name.\n\n" +
    "All values become texts; keys a row does not have are left out. The card asks nothing of Okta while a flow runs.",
  docs: docsUrl("Schema", "getApplicationUserSchema"),
  connector: okta,
  category: "Identity Sources",
  keywords: ["xaas", "anything as a source", "transform users", "hr import", "map attributes"],
  endpoint: "GET /api/v1/meta/schemas/apps/{appId}/default, while the flow is built",
  scopes: ["okta.schemas.read"],
  effect: "read",
  options: { importOperation },
  inputs: {
    application: sourceInput,
    externalIdKey: field.text({
      label: "External ID Key",
      group: "Import Data",
      placeholder: "employeeId",
      emptyMeans: STANDARD_KEY,
      help: "Key of a row under which the external id stands.",
    }),
    attributes: field.object({
      label: "Attributes",
      group: "Import Data",
      fields: sourceProfileFields,
      grows: APP_ATTRIBUTE_KEYS_LOADER,
      growsBy: "application",
      when: { option: "importOperation", is: ["upsert"] },
      help: "For each attribute the key of a row.",
    }),
    users: field.objectList({ label: "Users", group: "Import Data", help: "Rows of the HR system." }),
  },
  outputs,
  sample: {
    inputs: { application: SAMPLE_SOURCE_ID, externalIdKey: "employeeId", users: [SAMPLE_ROW] },
    outputs: readSample(outputs, {
      users: [
        {
          externalId: "2001",
          profile: {
            userName: "ola.berg@example.com",
            firstName: "Ola",
            lastName: "Berg",
            email: "ola.berg@example.com",
          },
        },
      ],
    }),
  },
  run: async ({ inputs: { externalIdKey = STANDARD_KEY, attributes, users = [] }, options }) => {
    if (users.length > MAX_USERS) throw tooMany(users.length);
    const withProfile = options.importOperation !== "delete";
    const mapped = users.map((row, index): JsonObject => {
      const externalId = externalIdOf(row, externalIdKey, index);
      return withProfile
        ? { externalId, profile: profileOf(row, externalIdKey, attributes) }
        : { externalId };
    });
    return readOutputs(outputs, { users: mapped });
  },
});

function profileOf(row: JsonObject, idKey: string, attributes: JsonObject | undefined): JsonObject {
  const chosen = Object.entries(attributes ?? {});
  const entries: [string, Json][] =
    chosen.length === 0
      ? Object.entries(row).filter(([key]) => key !== idKey)
      : chosen.map(([attribute, key]) => [attribute, valueAt(row, String(key))]);
  return asTexts(Object.fromEntries(entries));
}

function valueAt(row: JsonObject, key: string): Json {
  return (Object.hasOwn(row, key) ? row[key] : undefined) ?? null;
}

function externalIdOf(row: JsonObject, key: string, index: number): string {
  const id = isJsonObject(row) ? valueAt(row, key) : null;
  if ((typeof id === "string" && id.trim() !== "") || typeof id === "number") return String(id);
  throw new CardError(`Row ${index + 1} has no external id under the key "${key}".`, {
    kind: "input",
    code: "invalid-user",
    field: ["users", String(index)],
    hint: "Check External ID Key, or leave out rows without one.",
  });
}

function tooMany(count: number): CardError {
  return new CardError(`There are ${count} rows, but an import session takes at most ${MAX_USERS} users.`, {
    kind: "input",
    code: "out-of-range",
    field: ["users"],
    hint: "Spread them over several sessions.",
  });
}
