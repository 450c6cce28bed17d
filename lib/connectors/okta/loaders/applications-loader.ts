import { type ChoicePage, defineChoiceLoader } from "../../../cards/connector.ts";
import { isJsonObject, type Json } from "../../../flow/json.ts";
import { type OktaClient, okta } from "../client.ts";
import { path } from "../path.ts";
import { foundById } from "./found-by-id.ts";
import { nextCursor } from "./next-cursor.ts";
import { quoted } from "./search-text.ts";

const PER_PAGE = 100;

/** Okta's name for applications whose users are imported by the identity source API. */
const IDENTITY_SOURCE = "custom_identity_source";

/**
 * Applications to choose from: each instance by its label, with what kind of application it is beside it, so that
 * searching for "salesforce" lists all instances of it. Inactive ones are there too: some cards are about them. With the
 * option `application`, an application of Okta's catalogue, only its instances.
 */
export const applicationsLoader = defineChoiceLoader({
  id: "okta.applications",
  connector: okta,
  load: ({ options, ...request }) => {
    const application = catalogName(options);
    return loadApplications(request, application ? `name eq ${quoted(application)}` : undefined);
  },
  find: async ({ client, value, options }) => {
    const application = catalogName(options);
    const isInstance = (app: Json) => !application || (isJsonObject(app) && app.name === application);
    return foundById(
      client,
      value,
      (id) => path`/api/v1/apps/${{ id }}`,
      (app) => (isInstance(app) ? applicationChoice(app) : []),
    );
  },
});

function catalogName(options: Record<string, Json> = {}): string {
  return typeof options.application === "string" ? options.application.trim() : "";
}

/** The applications that are identity sources. The id of the source is the id of the application. */
export const identitySourcesLoader = defineChoiceLoader({
  id: "okta.identitySources",
  connector: okta,
  load: (request) => loadApplications(request, `name eq "${IDENTITY_SOURCE}"`),
});

async function loadApplications(
  { client, search, cursor }: { client: OktaClient; search: string; cursor?: string },
  filter?: string,
): Promise<ChoicePage> {
  const { body, headers } = await client.request({
    method: "GET",
    path: "/api/v1/apps",
    query: {
      q: search.trim() || undefined,
      filter,
      includeNonDeleted: true,
      limit: PER_PAGE,
      after: cursor,
    },
  });
  const choices = Array.isArray(body) ? body.flatMap(applicationChoice) : [];
  return { choices, cursor: nextCursor(headers.link) };
}

function applicationChoice(app: Json) {
  if (!isJsonObject(app) || typeof app.id !== "string") return [];
  const name = typeof app.name === "string" ? app.name : "";
  const label = typeof app.label === "string" && app.label ? app.label : name || app.id;
  const status = typeof app.status === "string" && app.status !== "ACTIVE" ? app.status : "";
  const detail = [name, status].filter(Boolean).join(" · ");
  return [{ value: app.id, label, detail: detail || undefined }];
}
