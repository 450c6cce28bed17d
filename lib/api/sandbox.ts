import { z } from "zod";
import { okSchema } from "./common.ts";
import { endpoint } from "./endpoint.ts";

const tag = "Sandbox org";

/** People and groups of the sandbox org, for the console page that acts as an admin in it. 404 where there is none. */
export const getSandbox = endpoint({
  method: "GET",
  path: "/api/sandbox",
  summary: "People and groups of the sandbox org",
  tag,
  permission: "connections.read",
  answer: z.object({
    url: z.string(),
    connection: z.string(),
    people: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        login: z.string(),
        title: z.string().nullable(),
        department: z.string().nullable(),
        userType: z.string().nullable(),
        status: z.string(),
        groups: z.array(z.string()).describe("Group ids"),
      }),
    ),
    groups: z.array(z.object({ id: z.string(), name: z.string(), type: z.string(), members: z.number() })),
  }),
});

/** Each action is one call of the Okta API, made with the sandbox connection: events follow as from a real admin. */
export const actInSandbox = endpoint({
  method: "POST",
  path: "/api/sandbox/actions",
  summary: "Act as an admin in the sandbox org",
  tag,
  permission: "connections.manage",
  body: z.discriminatedUnion("action", [
    z.strictObject({ action: z.literal("addToGroup"), userId: z.string(), groupId: z.string() }),
    z.strictObject({ action: z.literal("removeFromGroup"), userId: z.string(), groupId: z.string() }),
    z.strictObject({
      action: z.enum(["activate", "deactivate", "suspend", "unsuspend"]),
      userId: z.string(),
    }),
    z.strictObject({
      action: z.literal("updateProfile"),
      userId: z.string(),
      profile: z.record(z.string(), z.string()),
    }),
    z.strictObject({
      action: z.literal("createUser"),
      firstName: z.string().trim().min(1),
      lastName: z.string().trim().min(1),
      email: z.email(),
      department: z.string().optional(),
      userType: z.string().optional(),
    }),
    z.strictObject({ action: z.literal("reset") }),
  ]),
  answer: okSchema,
});
