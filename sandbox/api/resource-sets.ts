import { bodyObject, type Json, requiredText } from "../http/fields.ts";
import { invalid } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { logPrivileges } from "../org/admin-roles.ts";
import type { ResourceSetRecord } from "../org/iam.ts";
import { resourceSetJson } from "../org/iam-view.ts";
import { bodyPage } from "./body-page.ts";
import { resourceSetOf, resourceSetParty, roleNamed } from "./iam-access.ts";
import { newResources } from "./set-resources.ts";

const SETS = "/api/v1/iam/resource-sets";
const SET = `${SETS}/{resourceSetIdOrLabel}`;
/** Okta takes no page size here. */
const PAGE = 100;

/** /api/v1/iam/resource-sets: what custom admin roles are for. */
export const resourceSetRoutes: Route[] = [
  route("GET", SETS, listSets),
  route("POST", SETS, createSet),
  route("GET", SET, (call) => answer(call, resourceSetOf(call))),
  route("PUT", SET, replaceSet),
  route("DELETE", SET, deleteSet),
];

function answer(call: Call, set: ResourceSetRecord): Answer {
  return { status: 200, body: resourceSetJson(set, call.org.baseUrl) };
}

function log({ org, origin }: Call, what: string, set: ResourceSetRecord): void {
  org.log.write({ eventType: `iam.resourceset.${what}`, origin, target: [resourceSetParty(set)] });
}

function listSets(call: Call): Answer {
  const { items, _links } = bodyPage(call, call.org.iam.resourceSets, PAGE);
  const sets = items.map((set) => resourceSetJson(set, call.org.baseUrl));
  return { status: 200, body: { "resource-sets": sets, ..._links } };
}

function createSet(call: Call): Answer {
  const { org } = call;
  const body = bodyObject(call.body);
  const named = readNames(call, body, null);
  const resources = newResources(call, body, "resources");
  if (resources.length === 0) throw invalid("resources", "resources: The field cannot be left blank");
  const now = org.timestamp();
  const set: ResourceSetRecord = {
    id: org.ids.next("iam"),
    seq: org.nextSeq(),
    ...named,
    created: now,
    lastUpdated: now,
    resources,
  };
  org.iam.resourceSets.push(set);
  log(call, "create", set);
  return answer(call, set);
}

function replaceSet(call: Call): Answer {
  const set = resourceSetOf(call);
  const named = readNames(call, bodyObject(call.body), set);
  Object.assign(set, named, { lastUpdated: call.org.timestamp() });
  log(call, "update", set);
  return answer(call, set);
}

// Roles that were for this set are for nothing any more, so nobody holds them.
function deleteSet(call: Call): Answer {
  const { org, origin } = call;
  const set = resourceSetOf(call);
  const gone = org.iam.bindings.filter(({ resourceSetId }) => resourceSetId === set.id);
  org.iam.bindings = org.iam.bindings.filter((binding) => !gone.includes(binding));
  org.iam.resourceSets = org.iam.resourceSets.filter((item) => item !== set);
  log(call, "delete", set);
  for (const { roleId, members } of gone)
    for (const { principal } of members) logPrivileges(org, principal, origin, roleNamed(org, roleId).label);
  return { status: 204 };
}

function readNames(
  { org }: Call,
  body: Json,
  owner: ResourceSetRecord | null,
): Pick<ResourceSetRecord, "label" | "description"> {
  const label = requiredText(body, "label");
  const description = requiredText(body, "description");
  const taken = org.iam.resourceSet(label);
  if (taken && taken !== owner)
    throw invalid("label", "label: An object with this field already exists in the current organization");
  return { label, description };
}
