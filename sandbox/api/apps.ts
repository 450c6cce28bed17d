import { bodyObject, flag, objectField, requiredText, textField } from "../http/fields.ts";
import { invalid, problem } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { appSchemaJson } from "../org/app-schema.ts";
import { appJson } from "../org/app-view.ts";
import { type AppRecord, newApp, type SignOnMode } from "../org/apps.ts";
import { appParty } from "../org/org.ts";
import { appOf } from "./app-access.ts";
import { listApps, listAppsOfGroup } from "./app-list.ts";

/** /api/v1/apps: create, read, list, rename, switch on and off, delete; the schema of its accounts. */
export const appRoutes: Route[] = [
  route("GET", "/api/v1/apps", listApps),
  route("POST", "/api/v1/apps", createApp),
  route("GET", "/api/v1/apps/{appId}", (call) => answer(call, appOf(call))),
  route("PUT", "/api/v1/apps/{appId}", replaceApp),
  route("DELETE", "/api/v1/apps/{appId}", deleteApp),
  route("POST", "/api/v1/apps/{appId}/lifecycle/activate", (call) => setStatus(call, "ACTIVE")),
  route("POST", "/api/v1/apps/{appId}/lifecycle/deactivate", (call) => setStatus(call, "INACTIVE")),
  route("GET", "/api/v1/meta/schemas/apps/{appId}/default", (call) => ({
    status: 200,
    body: appSchemaJson(appOf(call), call.org.baseUrl),
  })),
  route("GET", "/api/v1/groups/{groupId}/apps", listAppsOfGroup),
];

const MODES: Record<SignOnMode, string> = {
  SAML_2_0: "",
  OPENID_CONNECT: "oidc_client",
  BOOKMARK: "bookmark",
  AUTO_LOGIN: "",
  SECURE_PASSWORD_STORE: "template_sps",
  BROWSER_PLUGIN: "template_swa",
};

const answer = (call: Call, app: AppRecord): Answer => ({
  status: 200,
  body: appJson(app, call.org.baseUrl, call.method !== "PUT"),
});

function createApp(call: Call): Answer {
  const { org } = call;
  const body = bodyObject(call.body);
  const label = requiredText(body, "label");
  const signOnMode = readMode(textField(body, "signOnMode") ?? "");
  const seq = org.nextSeq();
  const name = textField(body, "name") || MODES[signOnMode] || `sandbox_${plainName(label)}_${seq}`;
  const app = newApp({
    id: org.ids.next("0oa"),
    seq,
    name,
    label,
    signOnMode,
    status: flag(call.query, "activate", true) ? "ACTIVE" : "INACTIVE",
    created: org.timestamp(),
    settings: objectField(body, "settings") ?? {},
  });
  org.apps.set(app.id, app);
  log(call, "application.lifecycle.create", app);
  if (app.status === "ACTIVE") log(call, "application.lifecycle.activate", app);
  return answer(call, app);
}

function readMode(text: string): SignOnMode {
  for (const mode of ["SAML_2_0", "OPENID_CONNECT", "BOOKMARK", "AUTO_LOGIN"] as const)
    if (mode === text) return mode;
  if (text === "SECURE_PASSWORD_STORE" || text === "BROWSER_PLUGIN") return text;
  throw invalid("signOnMode", `signOnMode: must be one of ${Object.keys(MODES).join(", ")}`);
}

const plainName = (label: string): string => label.toLowerCase().replaceAll(/[^a-z0-9]+/g, "");

function replaceApp(call: Call): Answer {
  const app = appOf(call);
  const body = bodyObject(call.body);
  app.label = requiredText(body, "label");
  app.settings = objectField(body, "settings") ?? app.settings;
  app.lastUpdated = call.org.timestamp();
  log(call, "application.lifecycle.update", app);
  return answer(call, app);
}

// A step to the status it has already is 200 without an event.
function setStatus(call: Call, status: AppRecord["status"]): Answer {
  const app = appOf(call);
  if (app.status !== status) {
    app.status = status;
    app.lastUpdated = call.org.timestamp();
    log(call, `application.lifecycle.${status === "ACTIVE" ? "activate" : "deactivate"}`, app);
  }
  return { status: 200, body: {} };
}

function deleteApp(call: Call): Answer {
  const app = appOf(call);
  if (app.status !== "INACTIVE")
    throw problem("E0000056", "", ["The application must be deactivated before deletion."]);
  call.org.apps.delete(app.id);
  log(call, "application.lifecycle.delete", app);
  return { status: 204 };
}

function log({ org, origin }: Call, eventType: string, app: AppRecord): void {
  org.log.write({ eventType, origin, target: [appParty(app)] });
}
