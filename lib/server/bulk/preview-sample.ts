import type { BulkSample } from "#lib/api/bulk.ts";
import { CardError } from "#lib/cards/errors.ts";
import type { Fields } from "#lib/cards/field.ts";
import { maskSecrets } from "#lib/cards/mask.ts";
import { asText } from "#lib/cards/resolve-inputs.ts";
import type { HiddenNames } from "#lib/cards/secret-keys.ts";
import type { OktaClient } from "#lib/connectors/okta/client.ts";
import { USER_PROFILE_LOADER } from "#lib/connectors/okta/profile-fields.ts";
import { lookUpUser } from "#lib/connectors/okta/read-back.ts";
import { isJsonObject, type JsonObject } from "#lib/flow/json.ts";
import { maskedBody, maskedPath } from "../okta/mask-exchange.ts";
import { dryCall } from "./dry-call.ts";
import type { PreparedRun } from "./prepare-run.ts";
import type { ResolvedRow } from "./resolve-rows.ts";

/** The picker of inputs that name a user. */
const USERS = "okta.users";

/**
 * What one row would do: the call, whom it is about, and which attributes would change from what to what.
 * What the org does not tell is left out; it must not keep anybody from starting.
 */
export async function previewSample(
  { card, options, effect, fields, connection }: PreparedRun,
  client: OktaClient,
  { position, label, inputs }: ResolvedRow,
): Promise<BulkSample> {
  const hidden = new Set(connection?.hiddenAttributes);
  const masked = maskSecrets(inputs, fields, { hidden });
  const sample: BulkSample = {
    position,
    label,
    inputs: masked,
    call: null,
    person: null,
    changes: [],
    warning: null,
  };
  try {
    const dry = await dryCall(card, { client, inputs, options, effect });
    if ("call" in dry) {
      const { method, path, body } = dry.call;
      sample.call = { method, path: maskedPath(path, hidden), body: maskedBody(body, hidden) ?? null };
    }
    if ("refused" in dry) return { ...sample, warning: dry.refused };
    return { ...sample, ...(await aboutPerson(client, { inputs, masked, fields, hidden })) };
  } catch (error) {
    if (error instanceof CardError) return { ...sample, warning: error.message };
    throw error;
  }
}

async function aboutPerson(
  client: OktaClient,
  {
    inputs,
    masked,
    fields,
    hidden,
  }: { inputs: JsonObject; masked: JsonObject; fields: Fields; hidden: HiddenNames },
): Promise<Pick<BulkSample, "person" | "changes" | "warning">> {
  const key = Object.keys(fields).find((name) => fields[name]?.picker === USERS && !fields[name]?.list);
  const id = key === undefined ? undefined : inputs[key];
  if (typeof id !== "string") return { person: null, changes: [], warning: null };
  const user = await lookUpUser(client, id);
  if (!user) return { person: null, changes: [], warning: `The org has no user "${id}".` };
  const profile = isJsonObject(user.profile) ? user.profile : {};
  const login = asText(profile.login);
  const name = [asText(profile.firstName), asText(profile.lastName)].filter(Boolean).join(" ") || login;
  return {
    person: { name, login, status: asText(user.status) },
    changes: changesOf(maskSecrets(profile, {}, { hidden }), masked, fields),
    warning: null,
  };
}

/** Profile attributes the row gives, where they differ from what the user has. */
function changesOf(profile: JsonObject, inputs: JsonObject, fields: Fields): BulkSample["changes"] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const given = inputs[key];
    if (field.grows !== USER_PROFILE_LOADER || !isJsonObject(given)) return [];
    return Object.entries(given).flatMap(([attribute, value]) => {
      const before = asText(profile[attribute]);
      const after = asText(value);
      const label = field.fields?.[attribute]?.label ?? attribute;
      return before === after ? [] : [{ label, before, after }];
    });
  });
}
