import { z } from "zod";
import { endpoint } from "./endpoint.ts";

const tag = "People";

export const erasePersonBody = z.strictObject({
  /** Alias of the connection whose org the person is or was in. */
  connection: z.string().min(1).max(64),
  /** Okta's id of the person, or the login. */
  user: z.string().trim().min(3, "An id or a login has at least 3 characters.").max(200),
  /** Further names to look for, where they stand alone: an email address that is not the login, a phone number. */
  also: z.array(z.string().trim().min(5, "At least 5 characters.").max(200)).max(20).default([]),
});

export const erasureSchema = z.object({
  /** Executions that lost their values. They still count, and say how they ended. */
  executions: z.number(),
  /** Events that lost their content. */
  events: z.number(),
  /** Runs by hand and their rows, alarms, counters, audit entries, drafts and versions of deleted flows. */
  others: z.number(),
  /**
   * Executions, runs by hand and rows of them, and deleted flows that run still: they are not over and were left as they
   * are. Do it again when they are.
   */
  underWay: z.number(),
  /**
   * Flows that name the person, and where: in the draft, which an admin can change, and in published versions, which stay
   * until the flow is deleted and this is done again.
   */
  configured: z.array(
    z.object({ id: z.uuid(), name: z.string(), draft: z.boolean(), versions: z.array(z.number()) }),
  ),
});

/** Takes what is known of one person out of the history. What flows hold, and the org itself, are not touched. */
export const erasePerson = endpoint({
  method: "POST",
  path: "/api/people/erase",
  summary: "Erase one person's data from the history, keeping rows and counts",
  tag,
  permission: "settings.manage",
  body: erasePersonBody,
  answer: erasureSchema,
});
