import { invalid, notFound, problem } from "../http/problem.ts";
import { type Answer, type Call, type Route, route } from "../http/router.ts";
import { challenge } from "../org/hook-verify.ts";
import { type HookRecord, hookJson, sameChannel } from "../org/hooks.ts";
import { readHook } from "./event-hook-input.ts";

/** Okta's limit of active and verified event hooks per org. */
const MAX_HOOKS = 25;

/** /api/v1/eventHooks. */
export const eventHookRoutes: Route[] = [
  route("GET", "/api/v1/eventHooks", ({ org }) => ({
    status: 200,
    body: [...org.hooks.all()].map((hook) => hookJson(hook, org.baseUrl)),
  })),
  route("POST", "/api/v1/eventHooks", createHook),
  route("GET", "/api/v1/eventHooks/{eventHookId}", (call) => answer(call, hookOf(call))),
  route("PUT", "/api/v1/eventHooks/{eventHookId}", replaceHook),
  route("DELETE", "/api/v1/eventHooks/{eventHookId}", deleteHook),
  route("POST", "/api/v1/eventHooks/{eventHookId}/lifecycle/activate", (call) => switchHook(call, "ACTIVE")),
  route("POST", "/api/v1/eventHooks/{eventHookId}/lifecycle/deactivate", (call) =>
    switchHook(call, "INACTIVE"),
  ),
  route("POST", "/api/v1/eventHooks/{eventHookId}/lifecycle/verify", verifyHook),
];

function hookOf(call: Call): HookRecord {
  const id = call.params.eventHookId ?? "";
  const hook = call.org.hooks.byId(id);
  if (!hook) throw notFound(id, "EventHook");
  return hook;
}

function answer(call: Call, hook: HookRecord): Answer {
  return { status: 200, body: hookJson(hook, call.org.baseUrl) };
}

function log(call: Call, hook: HookRecord, what: string): void {
  call.org.log.write({
    eventType: `event_hook.${what}`,
    origin: call.origin,
    target: [{ id: hook.id, type: "EventHook", alternateId: "unknown", displayName: hook.name }],
  });
}

function createHook(call: Call): Answer {
  const { org, origin } = call;
  const input = readHook(call.body, null);
  checkRoom(call, null);
  checkName(call, input.name, null);
  const now = org.timestamp();
  const hook: HookRecord = {
    id: org.ids.next("who"),
    seq: org.nextSeq(),
    name: input.name,
    description: input.description,
    status: input.status ?? "ACTIVE",
    verificationStatus: "UNVERIFIED",
    created: now,
    createdBy: origin.actor.id,
    lastUpdated: now,
    items: input.items,
    channel: input.channel,
  };
  org.hooks.add(hook);
  log(call, hook, "created");
  return answer(call, hook);
}

// Changing where or how a hook delivers takes its verification away; changing what it receives does not.
function replaceHook(call: Call): Answer {
  const hook = hookOf(call);
  const input = readHook(call.body, hook);
  checkName(call, input.name, hook);
  if (!sameChannel(hook.channel, input.channel)) hook.verificationStatus = "UNVERIFIED";
  hook.name = input.name;
  hook.description = input.description;
  hook.items = input.items;
  hook.channel = input.channel;
  hook.status = input.status ?? hook.status;
  hook.lastUpdated = call.org.timestamp();
  log(call, hook, "updated");
  return answer(call, hook);
}

function deleteHook(call: Call): Answer {
  const hook = hookOf(call);
  if (hook.status === "ACTIVE")
    throw problem("E0000006", "", ["Deactivate the event hook before deleting it"]);
  call.org.hooks.remove(hook);
  log(call, hook, "deleted");
  return { status: 204 };
}

function switchHook(call: Call, status: HookRecord["status"]): Answer {
  const hook = hookOf(call);
  if (hook.status !== status) {
    if (status === "ACTIVE" && hook.verificationStatus === "VERIFIED") checkRoom(call, hook);
    hook.status = status;
    hook.lastUpdated = call.org.timestamp();
    log(call, hook, status === "ACTIVE" ? "activated" : "deactivated");
  }
  return answer(call, hook);
}

async function verifyHook(call: Call): Promise<Answer> {
  const hook = hookOf(call);
  checkRoom(call, hook);
  const channel = hook.channel;
  const wrong = await challenge(hook);
  if (wrong) throw invalid(`verification of event hook ${hook.id}`, wrong);
  // A replacement that came while the challenge was under way has not been verified by it.
  if (!sameChannel(channel, hook.channel))
    throw invalid("channel", "The channel changed during verification");
  hook.verificationStatus = "VERIFIED";
  hook.lastUpdated = call.org.timestamp();
  log(call, hook, "verified");
  return answer(call, hook);
}

// Only hooks that receive count, so the limit is met where a hook would become one of them.
function checkRoom(call: Call, hook: HookRecord | null): void {
  let receiving = 0;
  for (const other of call.org.hooks.all()) {
    if (other !== hook && other.status === "ACTIVE" && other.verificationStatus === "VERIFIED")
      receiving += 1;
  }
  if (receiving >= MAX_HOOKS)
    throw invalid(
      "eventHook",
      `The org has reached its limit of ${MAX_HOOKS} active and verified event hooks`,
    );
}

function checkName(call: Call, name: string, owner: HookRecord | null): void {
  for (const hook of call.org.hooks.all()) {
    if (hook !== owner && hook.name === name)
      throw invalid("name", "name: An object with this field already exists in the current organization");
  }
}
