import { z } from "zod";
import { jsonObjectSchema } from "../flow/json.ts";
import { okSchema } from "./common.ts";
import { endpoint } from "./endpoint.ts";

const tag = "Sandbox org";

/** What can be made to go wrong: first what strikes calls, then what strikes hook deliveries. docs/sandbox.md explains each. */
export const FAULTS = [
  "latency",
  "429",
  "500",
  "503",
  "reset-before",
  "reset-after",
  "truncate",
  "delivery-drop",
  "delivery-duplicate",
  "delivery-reorder",
  "delivery-delay",
] as const;
export type FaultName = (typeof FAULTS)[number];

const faultSchema = z.strictObject({
  fault: z.enum(FAULTS),
  method: z.string().max(10).optional(),
  pathPrefix: z.string().startsWith("/").max(500).optional(),
  hookId: z.string().max(100).optional(),
  next: z
    .int()
    .min(1)
    .optional()
    .describe("How many times it still strikes; without it, until it is switched off"),
  rate: z.number().min(0).max(1).optional().describe("Share of calls or deliveries it strikes"),
  ms: z.int().min(0).max(600_000).optional().describe("For latency and delivery-delay"),
  concurrency: z.boolean().optional(),
  resetSeconds: z.int().min(0).max(3600).optional().describe("For 429: until the reset its headers name"),
});
export type SandboxFault = z.infer<typeof faultSchema>;
const faultsSchema = z.array(faultSchema).max(100);

const personSchema = z.object({
  id: z.string(),
  name: z.string(),
  login: z.string(),
  title: z.string().nullable(),
  department: z.string().nullable(),
  userType: z.string().nullable(),
  managerId: z.string().nullable(),
  status: z.string(),
  roles: z.array(z.string()),
  sessions: z.number(),
  groups: z.array(z.string()).describe("Group ids"),
});

/** The state of the sandbox org, for the console page that acts as an admin in it. 404 where there is none. */
export const getSandbox = endpoint({
  method: "GET",
  path: "/api/sandbox",
  summary: "People, groups, rules, applications and faults of the sandbox org",
  tag,
  permission: "connections.read",
  answer: z.object({
    url: z.string(),
    connection: z.string(),
    people: z.array(personSchema),
    groups: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        description: z.string().nullable(),
        type: z.string(),
        members: z.number(),
      }),
    ),
    rules: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        status: z.string(),
        expression: z.string(),
        groupIds: z.array(z.string()),
      }),
    ),
    apps: z.array(
      z.object({
        id: z.string(),
        label: z.string(),
        name: z.string(),
        status: z.string(),
        users: z.array(z.string()).describe("User ids"),
        throughGroup: z.array(z.string()).describe("Of these users, who has it only through a group"),
        groups: z.array(z.string()).describe("Group ids"),
      }),
    ),
    faults: faultsSchema,
  }),
});

const id = z.string().min(1).max(200);
const text = z.string().trim().max(500);

/** Each action is one call of the Okta API, made with the sandbox connection: events follow as from a real admin. */
export const actInSandbox = endpoint({
  method: "POST",
  path: "/api/sandbox/actions",
  summary: "Act as an admin in the sandbox org",
  tag,
  permission: "connections.manage",
  body: z.discriminatedUnion("action", [
    z.strictObject({ action: z.enum(["addToGroup", "removeFromGroup"]), userId: id, groupId: id }),
    z.strictObject({
      action: z.enum([
        "activate",
        "reactivate",
        "deactivate",
        "suspend",
        "unsuspend",
        "unlock",
        "resetPassword",
        "expirePassword",
        "resetFactors",
        "clearSessions",
        "deleteUser",
      ]),
      userId: id,
    }),
    z
      .strictObject({ action: z.enum(["signIn", "lockOut"]), userId: id })
      .describe("What the person does, not an admin: signs in, or fails to until they are locked out"),
    z.strictObject({
      action: z.literal("updateProfile"),
      userId: id,
      profile: z.record(z.string(), z.string().nullable()).describe("Null and empty clear an attribute"),
    }),
    z.strictObject({
      action: z.literal("createUser"),
      firstName: text.min(1),
      lastName: text.min(1),
      email: z.email(),
      title: text.optional(),
      department: text.optional(),
      userType: text.optional(),
      password: z
        .string()
        .max(100)
        .optional()
        .describe("With one the person is ACTIVE at once, else PROVISIONED"),
    }),
    z.strictObject({ action: z.literal("createGroup"), name: text.min(1), description: text.optional() }),
    z.strictObject({ action: z.literal("deleteGroup"), groupId: id }),
    z.strictObject({ action: z.enum(["activateRule", "deactivateRule"]), ruleId: id }),
    z.strictObject({ action: z.enum(["activateApp", "deactivateApp"]), appId: id }),
    z.strictObject({ action: z.enum(["assignUser", "unassignUser"]), appId: id, userId: id }),
    z.strictObject({ action: z.enum(["assignGroup", "unassignGroup"]), appId: id, groupId: id }),
    z.strictObject({ action: z.literal("reset") }),
  ]),
  answer: okSchema,
});

/** Names of who did it and to whom stand apart, so that a list can show them; `event` is the whole LogEvent. */
export const listSandboxLog = endpoint({
  method: "GET",
  path: "/api/sandbox/log",
  summary: "The System Log of the sandbox org, newest first",
  tag,
  permission: "connections.read",
  query: z.object({
    text: z
      .string()
      .max(200)
      .optional()
      .describe("Words that all stand in it: of names, logins, ids, messages"),
    type: z.string().max(200).optional().describe("Only this event type"),
    before: z.coerce.number().int().min(1).optional().describe("`next` of the page before"),
    limit: z.coerce.number().int().min(1).max(500).default(100),
  }),
  answer: z.object({
    events: z.array(
      z.object({
        seq: z.number(),
        eventType: z.string(),
        message: z.string(),
        published: z.string(),
        severity: z.string(),
        outcome: z.string(),
        actor: z.string(),
        targets: z.array(z.string()),
        event: jsonObjectSchema,
      }),
    ),
    next: z.number().nullable(),
  }),
});

const deliverySchema = z.object({
  id: z.number(),
  eventId: z.string(),
  hookId: z.string(),
  hookName: z.string(),
  uri: z.string(),
  eventTypes: z.array(z.string()),
  at: z.string(),
  attempts: z.number(),
  durationMs: z.number(),
  status: z.enum(["delivered", "failed", "dropped"]),
  answered: z.number().nullable().describe("HTTP status of the last answer"),
  reason: z.string().nullable(),
  duplicate: z.boolean(),
  againOf: z.number().nullable().describe("The delivery it repeats, where somebody asked for it"),
});
export type SandboxDelivery = z.infer<typeof deliverySchema>;
const deliveryParams = z.object({ id: z.coerce.number().int().min(1) });

export const listSandboxDeliveries = endpoint({
  method: "GET",
  path: "/api/sandbox/deliveries",
  summary: "The newest 200 event hook deliveries of the sandbox org, newest first",
  tag,
  permission: "connections.read",
  answer: z.object({ deliveries: z.array(deliverySchema) }),
});

export const getSandboxDelivery = endpoint({
  method: "GET",
  path: "/api/sandbox/deliveries/{id}",
  summary: "One delivery with its body",
  tag,
  permission: "connections.read",
  params: deliveryParams,
  answer: deliverySchema.extend({ body: jsonObjectSchema }),
});

export const deliverAgain = endpoint({
  method: "POST",
  path: "/api/sandbox/deliveries/{id}/again",
  summary: "Send a delivery once more, with the same id and events",
  tag,
  permission: "connections.manage",
  params: deliveryParams,
  answer: deliverySchema,
});

export const setSandboxFaults = endpoint({
  method: "PUT",
  path: "/api/sandbox/faults",
  summary: "Replace what goes wrong in the sandbox org; an empty list switches all faults off",
  tag,
  permission: "connections.manage",
  body: z.strictObject({ rules: faultsSchema }),
  answer: z.object({ rules: faultsSchema }),
});

export const listSandboxEventTypes = endpoint({
  method: "GET",
  path: "/api/sandbox/event-types",
  summary: "The event types that event hooks can receive",
  tag,
  permission: "connections.read",
  answer: z.object({ eventTypes: z.array(z.string()) }),
});

export const getSandboxEventSample = endpoint({
  method: "GET",
  path: "/api/sandbox/event-types/{eventType}",
  summary: "A believable event of a type, to change and inject",
  tag,
  permission: "connections.read",
  params: z.object({ eventType: z.string().min(1).max(200) }),
  answer: jsonObjectSchema,
});

export const injectSandboxEvent = endpoint({
  method: "POST",
  path: "/api/sandbox/events",
  summary: "Write an event into the System Log of the sandbox org, as if it had happened",
  tag,
  permission: "connections.manage",
  body: jsonObjectSchema.describe(
    "`eventType`, and what of actor, target, outcome, debugData … should differ from the sample",
  ),
  answer: z.object({ uuid: z.string() }),
});
