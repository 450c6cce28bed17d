import { z } from "zod";
import type { listSandboxLog as endpoint } from "../../api/sandbox.ts";
import { jsonObjectSchema } from "../../flow/json.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { sandboxConnection } from "./find-sandbox.ts";
import { sandboxControl } from "./sandbox-control.ts";

type Answer = z.input<typeof endpoint.answer>;
type Query = z.output<NonNullable<typeof endpoint.query>>;

const party = z.object({ displayName: z.string(), alternateId: z.string(), type: z.string() });
const entry = z.object({
  seq: z.number(),
  event: jsonObjectSchema,
});
const logSchema = z.object({ events: z.array(entry), next: z.number().nullable() });
const headSchema = z.object({
  eventType: z.string(),
  displayMessage: z.string(),
  published: z.string(),
  severity: z.string(),
  outcome: z.object({ result: z.string() }),
  actor: party,
  target: z.array(party).optional(),
});

/**
 * A page of the System Log, newest first.
 * @throws ApiProblem not-found without a sandbox org, upstream-failed when it does not answer
 */
export async function listSandboxLog(actor: Actor, query: Query): Promise<Answer> {
  authorize(actor, "connections.read");
  const { orgUrl } = await sandboxConnection();
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) if (value !== undefined) search.set(key, String(value));
  const { events, next } = await sandboxControl(orgUrl, logSchema, { path: `log?${search}` });
  return { events: events.map(summary), next };
}

function summary({ seq, event }: z.output<typeof entry>): Answer["events"][number] {
  const head = headSchema.parse(event);
  return {
    seq,
    eventType: head.eventType,
    message: head.displayMessage,
    published: head.published,
    severity: head.severity,
    outcome: head.outcome.result,
    actor: head.actor.displayName,
    targets: (head.target ?? []).map(({ displayName, type }) => `${displayName} (${type})`),
    event,
  };
}
