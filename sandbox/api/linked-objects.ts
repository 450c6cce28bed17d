import { bodyObject, type Json, objectField, requiredText, textField } from "../http/fields.ts";
import { linkHeaders } from "../http/paging.ts";
import { invalid, notFound, problem } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { definitionNamed, type LinkDefinition, type LinkEnd, linkDefinitionJson } from "../org/links.ts";
import type { UserRecord } from "../org/users.ts";

const META = "/api/v1/meta/schemas/user/linkedObjects";
const VALUES = "/api/v1/users/{userIdOrLogin}/linkedObjects";
/** Okta's limit. */
const MAX_DEFINITIONS = 200;

/** Linked objects: relations between users, and who is linked to whom. Okta's catalogue has no event for them. */
export const linkedObjectRoutes: Route[] = [
  route("GET", META, ({ org }) => ({
    status: 200,
    body: org.links.map((item) => linkDefinitionJson(item, org.baseUrl)),
  })),
  route("POST", META, createDefinition),
  route("GET", `${META}/{linkedObjectName}`, (call) => ({
    status: 200,
    body: linkDefinitionJson(definitionOf(call, "linkedObjectName"), call.org.baseUrl),
  })),
  route("DELETE", `${META}/{linkedObjectName}`, (call) => {
    const gone = definitionOf(call, "linkedObjectName");
    call.org.links = call.org.links.filter((item) => item !== gone);
    return { status: 204 };
  }),
  route("PUT", `${VALUES}/{primaryRelationshipName}/{primaryUserId}`, setValue),
  route("GET", `${VALUES}/{relationshipName}`, readValues),
  route("DELETE", `${VALUES}/{relationshipName}`, (call) => {
    // 204 also where nothing was linked.
    primaryDefinition(call, "relationshipName").values.delete(userOf(call).id);
    return { status: 204 };
  }),
];

function createDefinition(call: Call): Answer {
  const { org } = call;
  const body = bodyObject(call.body);
  const primary = readEnd(body, "primary");
  const associated = readEnd(body, "associated");
  if (primary.name === associated.name) throw invalid("name", "name: Both ends have the same name");
  for (const { name } of [primary, associated])
    if (definitionNamed(org.links, name)) throw problem("E0000127", `The name ${name} is in use.`);
  if (org.links.length >= MAX_DEFINITIONS) throw problem("E0000093");
  const definition: LinkDefinition = { primary, associated, values: new Map() };
  org.links.push(definition);
  return { status: 201, body: linkDefinitionJson(definition, org.baseUrl) };
}

function readEnd(body: Json, side: string): LinkEnd {
  const given = objectField(body, side);
  if (!given) throw invalid(side, `${side}: The field cannot be left blank`);
  const name = requiredText(given, "name", `${side}.name`);
  if (!/^[A-Za-z_][\w]*$/.test(name)) throw invalid("name", `${side}.name: must be a plain variable name`);
  if ((textField(given, "type") ?? "USER") !== "USER") throw invalid("type", `${side}.type: must be USER`);
  const description = textField(given, "description");
  return {
    name,
    title: requiredText(given, "title", `${side}.title`),
    ...(description === undefined ? {} : { description }),
    type: "USER",
  };
}

// The user of the address is the associated one; a primary set before is replaced.
function setValue(call: Call): Answer {
  const associated = userOf(call);
  const definition = primaryDefinition(call, "primaryRelationshipName");
  const id = call.params.primaryUserId ?? "";
  const primary = call.org.users.byId(id);
  if (!primary) throw notFound(id, "User");
  if (primary === associated)
    throw invalid("primaryUserId", "primaryUserId: A user cannot be linked to itself");
  definition.values.set(associated.id, primary.id);
  return { status: 204 };
}

function readValues(call: Call): Answer {
  const user = userOf(call);
  const definition = definitionOf(call, "relationshipName");
  const primary = definition.values.get(user.id);
  const ids =
    definition.primary.name === call.params.relationshipName
      ? primary === undefined
        ? []
        : [primary]
      : [...definition.values].flatMap(([associated, id]) => (id === user.id ? [associated] : []));
  return {
    status: 200,
    body: ids.map((id) => ({ _links: { self: { href: `${call.org.baseUrl}/api/v1/users/${id}` } } })),
    headers: linkHeaders(call, 1000, null),
  };
}

function definitionOf(call: Call, parameter: string): LinkDefinition {
  const name = call.params[parameter] ?? "";
  const found = definitionNamed(call.org.links, name);
  if (!found) throw notFound(name, "LinkedObject");
  return found;
}

function primaryDefinition(call: Call, parameter: string): LinkDefinition {
  const found = definitionOf(call, parameter);
  const name = call.params[parameter] ?? "";
  if (found.primary.name !== name) throw notFound(name, "LinkedObject");
  return found;
}

function userOf(call: Call): UserRecord {
  const key = call.params.userIdOrLogin ?? "";
  const user = key === "me" ? call.org.users.byId(call.origin.actor.id) : call.org.users.find(key);
  if (!user) throw notFound(key, "User");
  return user;
}
