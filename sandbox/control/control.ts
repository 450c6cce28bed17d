import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { z } from "zod";
import { readBody } from "../http/body.ts";
import { OktaProblem } from "../http/problem.ts";
import type { RateLimiter } from "../http/rate-limit.ts";
import { type Answer, Router, route } from "../http/router.ts";
import { clientSchema, makeClient } from "../oauth/clients.ts";
import eventTypes from "../org/event-types.json" with { type: "json" };
import type { HookDeliverer } from "../org/hook-delivery.ts";
import { logEventJson } from "../org/log-view.ts";
import type { Org } from "../org/org.ts";
import { failure, ok } from "./answers.ts";
import { apiTokenControl } from "./api-tokens.ts";
import type { Counters } from "./counters.ts";
import { deliveryRoutes } from "./deliveries.ts";
import { eventSchema, injectEvent, sampleEvent } from "./events.ts";
import { type FaultBox, faultsSchema } from "./faults.ts";
import { refusal } from "./guard.ts";
import { logRoutes } from "./log.ts";
import { peopleRoutes } from "./people.ts";
import { stateSummary } from "./summary.ts";

/** What the control API steers. */
export interface ControlParts {
  org: Org;
  limiter: RateLimiter;
  faults: FaultBox;
  counters: Counters;
  deliverer: HookDeliverer;
  /** Seeds the org anew and clears faults, counters and waiting deliveries. */
  reset: () => void;
}

const rateLimitSchema = z.strictObject({
  windowSeconds: z.int().min(1).max(3600).default(60),
  concurrency: z.int().min(1).nullable().optional(),
  buckets: z
    .array(
      z.strictObject({
        id: z.string().min(1),
        method: z.string().toUpperCase().optional(),
        prefix: z.string().startsWith("/"),
        limit: z.int().min(0),
      }),
    )
    .min(1),
});

/** The API under /sandbox/: no token, this machine only. Errors are `{error}` with a sentence. */
export class Control {
  readonly #parts: ControlParts;
  readonly #router: Router;

  constructor(parts: ControlParts) {
    this.#parts = parts;
    const routes = controlRoutes(parts);
    const names = routes.map(({ method, template }) => `${method} ${template}`);
    const overview = {
      is: "The control API of the sandbox org; docs/sandbox.md tells of it.",
      routes: names,
    };
    this.#router = new Router([...routes, route("GET", "/sandbox", () => ok(overview))]);
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await this.#answer(request);
    const text = JSON.stringify(answer.body ?? {});
    if (!request.complete) request.resume();
    response.writeHead(answer.status, { "content-type": "application/json", "cache-control": "no-store" });
    response.end(text);
  }

  async #answer(request: IncomingMessage): Promise<Answer> {
    const refused = refusal(request);
    if (refused) return failure(403, refused);
    const [path = "/", query = ""] = (request.url ?? "/").split("?", 2);
    const match = this.#router.find(request.method ?? "GET", path);
    if (!match.found) {
      const other = match.otherMethods.join(", ");
      return other
        ? failure(405, `Use ${other} here.`)
        : failure(404, `There is no ${path} in the control API. GET /sandbox lists what there is.`);
    }
    try {
      const { org } = this.#parts;
      return await match.route.handle({
        method: request.method ?? "GET",
        path,
        template: match.route.template,
        params: match.params,
        query: new URLSearchParams(query),
        headers: request.headers,
        body: request.method === "GET" ? undefined : await readBody(request),
        org,
        origin: {
          actor: SYSTEM,
          requestId: "control",
          requestUri: path,
          url: path,
          ip: null,
          userAgent: null,
        },
      });
    } catch (error) {
      if (error instanceof z.ZodError) return failure(400, z.prettifyError(error));
      if (error instanceof OktaProblem) return failure(error.status, error.message);
      return failure(500, String(error));
    }
  }
}

const SYSTEM = { id: "control", type: "SystemPrincipal", alternateId: "control", displayName: "Control API" };

function putClient(org: Org, input: z.infer<typeof clientSchema>): Answer {
  const secret = randomBytes(24).toString("base64url");
  const client = makeClient(input, org.ids.next("0oa"), secret);
  const made = !org.oauth.clients.has(client.id);
  org.oauth.clients.set(client.id, client);
  org.changed();
  return { status: made ? 201 : 200, body: client };
}

function controlRoutes({ org, limiter, faults, counters, deliverer, reset }: ControlParts) {
  const limits = () => ({
    windowSeconds: limiter.windowSeconds,
    concurrency: limiter.concurrency,
    buckets: limiter.rules,
  });
  return [
    route("GET", "/sandbox/health", () => ok({ ok: true, users: org.users.size, groups: org.groups.size })),
    route("GET", "/sandbox/state", () => ok(stateSummary(org))),
    route("GET", "/sandbox/counters", () => ok(counters.json())),
    ...deliveryRoutes(org, counters, deliverer),
    ...logRoutes,
    ...peopleRoutes,
    ...apiTokenControl,
    route("GET", "/sandbox/event-types", () => ok({ eventTypes })),
    route("GET", "/sandbox/event-types/{eventType}", ({ params }) =>
      ok(sampleEvent(org, params.eventType ?? "")),
    ),
    route("POST", "/sandbox/events", ({ body }) => {
      const record = injectEvent(org, eventSchema.parse(body));
      org.changed();
      return { status: 201, body: logEventJson(record) };
    }),
    route("GET", "/sandbox/faults", () => ok({ rules: faults.rules })),
    route("PUT", "/sandbox/faults", ({ body }) => {
      faults.set(faultsSchema.parse(body).rules);
      return ok({ rules: faults.rules });
    }),
    route("GET", "/sandbox/rate-limits", () => ok(limits())),
    route("PUT", "/sandbox/rate-limits", ({ body }) => {
      const input = rateLimitSchema.parse(body);
      limiter.configure(input.buckets, input.windowSeconds);
      if (input.concurrency !== undefined) limiter.concurrency = input.concurrency;
      return ok(limits());
    }),
    route("GET", "/sandbox/clients", () => ok({ clients: [...org.oauth.clients.values()] })),
    route("POST", "/sandbox/clients", ({ body }) => putClient(org, clientSchema.parse(body ?? {}))),
    route("PUT", "/sandbox/clients/{id}", ({ body, params }) => {
      const known = org.oauth.clients.get(params.id ?? "");
      if (!known) return failure(404, `There is no client ${params.id}; POST /sandbox/clients makes one.`);
      const { secret, ...rest } = known;
      const change = z.record(z.string(), z.unknown()).parse(body);
      const merged = { ...rest, ...(secret === null ? {} : { secret }), ...change, id: known.id };
      return putClient(org, clientSchema.parse(merged));
    }),
    route("POST", "/sandbox/reset", () => {
      reset();
      return ok({ ok: true, users: org.users.size, groups: org.groups.size });
    }),
  ];
}
