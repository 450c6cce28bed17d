import type { ChoicePage } from "../../cards/connector.ts";
import { CardError } from "../../cards/errors.ts";
import type { Fields } from "../../cards/field.ts";
import { MASK } from "../../cards/secret-keys.ts";
import { isJsonObject, type Json, type JsonObject } from "../../flow/json.ts";
import { registry } from "../../registry.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { ApiProblem } from "../http/problem.ts";
import { maskedClient } from "../okta/masked-client.ts";
import { clientOf } from "./client-of.ts";
import { connectionByAlias } from "./find-connection.ts";
import { pageOfWhole } from "./whole-lists.ts";

export interface ChoiceRequest {
  alias: string;
  loaderId: string;
  search: string;
  cursor?: string;
  /** Only the choice with exactly this value. */
  value?: string;
  /** Values of the inputs the choices depend on, as JSON text. */
  options?: string;
}

/**
 * Live choices for a picker, read with the connection's credentials. The path is the loader's own; a caller chooses
 * only which loader and what to search for. With `value` the answer has that one choice, or none; a loader that can't
 * look a single one up is searched for it.
 * @throws ApiProblem not-found, upstream-failed
 */
export async function loadChoices(actor: Actor, request: ChoiceRequest): Promise<ChoicePage> {
  authorize(actor, "executions.run");
  const loader = registry.loader(request.loaderId);
  if (loader?.kind !== "choices") throw noLoader(request.loaderId);
  const connection = await usable(request.alias, loader.connector.id);
  const { search, cursor, value } = request;
  const options = readOptions(request.options);
  const hidden = new Set(connection.hiddenAttributes);
  const client = maskedClient(clientOf(connection), hidden);
  const page = (wanted: { search: string; cursor?: string }) => {
    if (!loader.whole) return loader.load({ client, options, ...wanted });
    const key = JSON.stringify([connection.id, loader.id, options, [...hidden]]);
    return pageOfWhole(key, () => loader.load({ client, options, search: "" }), wanted);
  };
  return askingOrg(async () => {
    if (value === undefined) return withoutHidden(await page({ search, cursor }));
    if (!loader.find) return onlyValue(await page({ search: value }), value);
    const found = await loader.find({ client, options, value });
    return { choices: found ? [found] : [] };
  });
}

/** Values of a hidden attribute are no choices: what stands in their place would be searched for. */
function withoutHidden({ choices, note, ...rest }: ChoicePage): ChoicePage {
  const open = choices.filter(({ value }) => !value.includes(MASK));
  if (open.length === choices.length) return { choices, note, ...rest };
  const why =
    "Values of an attribute that is hidden on the Connections page are not listed; they can be typed.";
  return { ...rest, choices: open, note: note ? `${why} ${note}` : why };
}

function onlyValue({ choices }: ChoicePage, value: string): ChoicePage {
  return { choices: choices.filter((choice) => choice.value === value) };
}

/** Fields only the org knows. @param request.options the card's options, as JSON text */
export async function loadFields(
  actor: Actor,
  request: { alias: string; loaderId: string; options?: string },
): Promise<{ fields: Fields }> {
  authorize(actor, "executions.run");
  const loader = registry.loader(request.loaderId);
  if (loader?.kind !== "fields") throw noLoader(request.loaderId);
  const connection = await usable(request.alias, loader.connector.id);
  const options = readOptions(request.options);
  return { fields: await askingOrg(() => loader.load({ client: clientOf(connection), options })) };
}

async function usable(alias: string, connectorId: string) {
  const connection = await connectionByAlias(alias);
  if (connection.connector === connectorId) return connection;
  throw new ApiProblem("bad-request", `"${alias}" is no ${connectorId} connection.`);
}

async function askingOrg<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    if (!(error instanceof CardError)) throw error;
    throw new ApiProblem("upstream-failed", error.message, { hint: error.details.hint }, { cause: error });
  }
}

function noLoader(id: string): ApiProblem {
  return new ApiProblem("not-found", `There is no list "${id}".`);
}

function readOptions(text: string | undefined): JsonObject {
  if (text === undefined) return {};
  let parsed: Json = null;
  try {
    parsed = JSON.parse(text) as Json;
  } catch {
    // Falls through to the message below: what was sent is no JSON.
  }
  if (isJsonObject(parsed)) return parsed;
  throw new ApiProblem("bad-request", "The options are no JSON object.");
}
