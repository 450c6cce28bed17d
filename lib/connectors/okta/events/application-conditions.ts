import type { Match, MatchContext } from "../../../cards/define.ts";
import { CardError } from "../../../cards/errors.ts";
import { field, type InputValues } from "../../../cards/field.ts";
import { isJsonObject } from "../../../flow/json.ts";
import type { OktaClient } from "../client.ts";
import { path } from "../path.ts";
import { type Conditions, conditions } from "./conditions.ts";
import { firstTarget } from "./okta-event.ts";

const inputs = {
  application: field.text({
    label: "Application",
    picker: "okta.catalogApps",
    emptyMeans: "all applications",
    help: "Runs the flow for every instance of this application of Okta's catalogue only.",
  }),
  applicationInstance: field.text({
    label: "Application Instance",
    picker: "okta.applications",
    pickerBy: "application",
    emptyMeans: "all instances",
    help: "Runs the flow for this one instance only, whatever stands in Application.",
  }),
};

/** For which applications the flow runs. Needs okta.apps.read where Application is set. */
export const applicationConditions: Conditions = conditions(inputs, matches, [
  { call: "GET /api/v1/apps/{appId}", when: "where Application is chosen and Application Instance is not" },
]);

/**
 * Okta delivers the events of all applications. An event carries the instance it is about but not which application of
 * the catalogue that is an instance of, so only `applicationInstance` can be told without asking Okta.
 */
async function matches({
  event,
  inputs: { application, applicationInstance },
  client,
}: MatchContext<InputValues<typeof inputs>, OktaClient>): Promise<Match> {
  const wanted = applicationInstance?.trim() || application?.trim();
  if (!wanted) return true;
  const instance = firstTarget(event, "AppInstance");
  const id = instance?.id;
  if (typeof id !== "string" || id === "") return { reason: "the event names no application." };
  const name = typeof instance?.displayName === "string" ? `${instance.displayName} (${id})` : id;
  if (applicationInstance?.trim()) {
    return id === wanted || { reason: `it is about ${name}, and the flow is for the instance ${wanted}.` };
  }
  const kind = await catalogNameOf(id, client);
  if (kind === wanted) return true;
  if (kind === null) {
    return {
      reason: `it is about ${name}, which is gone, so whether it is an instance of ${wanted} can't be told.`,
    };
  }
  return { reason: `it is about ${name}, an instance of ${kind}, and the flow is for ${wanted}.` };
}

/** The name in Okta's catalogue ("salesforce") of an application instance; null where it was deleted since. */
async function catalogNameOf(id: string, client: OktaClient): Promise<string | null> {
  try {
    const { body } = await client.request({ method: "GET", path: path`/api/v1/apps/${{ application: id }}` });
    return isJsonObject(body) && typeof body.name === "string" ? body.name : null;
  } catch (error) {
    if (error instanceof CardError && error.details.status === 404) return null;
    throw error;
  }
}
