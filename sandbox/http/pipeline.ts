import { randomBytes } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import { apiRoutes } from "../api/routes.ts";
import type { Counters } from "../control/counters.ts";
import type { FaultBox, FaultRule, RequestFaults } from "../control/faults.ts";
import { oauthRoutes } from "../oauth/routes.ts";
import { type Origin, SYSTEM_ACTOR } from "../org/log-record.ts";
import type { Org } from "../org/org.ts";
import { authenticate } from "./auth.ts";
import { readBody, readForm } from "./body.ts";
import { knownOperations } from "./known-paths.ts";
import { OktaProblem, PlainProblem, problem, problemBody } from "./problem.ts";
import type { Budget, RateLimiter } from "./rate-limit.ts";
import { sendAnswer, standardHeaders } from "./respond.ts";
import { type Answer, type Call, type Route, Router } from "./router.ts";

/** One request and its answer, for checks against Okta's OpenAPI file. */
export interface Exchange {
  method: string;
  /** With its query. */
  path: string;
  /** What was sent, parsed; undefined where there was no body or it was not read. */
  requestBody?: unknown;
  status: number;
  body: unknown;
}

/** What the pipeline works with. */
export interface PipelineParts {
  org: Org;
  limiter: RateLimiter;
  faults: FaultBox;
  counters: Counters;
  record?: (exchange: Exchange) => void;
}

/** A request on its way. */
interface Visit {
  request: IncomingMessage;
  response: ServerResponse;
  method: string;
  path: string;
  query: string;
  requestId: string;
  requestBody?: unknown;
  budget: Budget | null;
}

// Simulated operations replace the known ones, which answer 501: so /groups/rules is not taken for a group's id.
const router = new Router([...knownOperations, ...apiRoutes, ...oauthRoutes]);
/** The refusal beyond the concurrency limit: limit 0, remaining 0, and a reset that is only a suggestion. */
const CROWDED = { concurrency: true, resetSeconds: 1 };
/** What a proxy before an org says when nobody answers it: a page, and none of the API's errors. */
const BAD_GATEWAY = "<html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>";
const isWrite = (method: string): boolean => method !== "GET" && method !== "HEAD";

/** What strikes a request once its turn has come. */
type Struck = Omit<RequestFaults, "429"> & { "429"?: Refusal };
type Refusal = Pick<FaultRule, "concurrency" | "resetSeconds">;

/** Serves the Management API: route, faults, rate limit, token, body, handler, headers. */
export class Pipeline {
  readonly #parts: PipelineParts;

  constructor(parts: PipelineParts) {
    this.#parts = parts;
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = request.url ?? "/";
    const mark = url.indexOf("?");
    const visit: Visit = {
      request,
      response,
      method: request.method ?? "GET",
      path: mark < 0 ? url : url.slice(0, mark),
      query: mark < 0 ? "" : url.slice(mark + 1),
      requestId: randomBytes(18).toString("base64url"),
      budget: null,
    };
    const faults = this.#parts.faults.forRequest(visit.method, visit.path);
    const crowded = !this.#parts.limiter.enter();
    const answer = await this.#inTurn(visit, faults, crowded).finally(() => this.#parts.limiter.leave());
    if (!answer || response.destroyed) return;
    this.#parts.record?.({
      method: visit.method,
      path: url,
      ...(visit.requestBody === undefined ? {} : { requestBody: visit.requestBody }),
      status: answer.status,
      body: answer.body === undefined ? null : answer.body,
    });
    if (!request.complete) {
      // Left unread, a refused body would be taken for the next request on this connection.
      request.resume();
      if (answer.status >= 400) response.setHeader("connection", "close");
    }
    const headers = standardHeaders(visit.requestId, visit.budget, this.#parts.org.now());
    sendAnswer(response, answer, headers, faults.truncate !== undefined);
  }

  // Latency counts as work: a slow org is what makes clients meet the concurrency limit.
  async #inTurn(visit: Visit, faults: RequestFaults, crowded: boolean): Promise<Answer | null> {
    if (!crowded && faults.latency) await wait(faults.latency.ms);
    return this.#answer(visit, crowded ? { "429": CROWDED } : faults);
  }

  /** Null when a fault cut the connection and nothing is to be sent. */
  async #answer(visit: Visit, faults: Struck): Promise<Answer | null> {
    try {
      const { route, params } = findRoute(visit);
      this.#count(visit, route);
      if (faults["reset-before"]) return cut(visit);
      this.#limit(visit, route, faults["429"]);
      if (faults["500"]) throw problem("E0000009");
      if (faults["502"]) return { status: 502, html: BAD_GATEWAY };
      if (faults["503"]) throw problem("E0000181");
      const answer = await this.#handle(visit, route, params);
      return faults["reset-after"] ? cut(visit) : answer;
    } catch (error) {
      visit.budget ??= this.#parts.limiter.take(visit.method, "/"); // no route, but every response has the headers
      return problemAnswer(error);
    }
  }

  async #handle(visit: Visit, route: Route, params: Record<string, string>): Promise<Answer> {
    const { org, counters } = this.#parts;
    const { request, method, path, query } = visit;
    const asked = { method, path, template: route.template };
    const admin = route.open ? null : authenticate(request, org, asked);
    const body = isWrite(method) ? await (route.form ? readForm : readBody)(request) : undefined;
    if (!route.form) visit.requestBody = body;
    const origin: Origin = {
      actor: admin?.party ?? SYSTEM_ACTOR,
      requestId: visit.requestId,
      requestUri: path,
      url: `${path}?${query}`,
      ip: request.socket.remoteAddress ?? null,
      userAgent: request.headers["user-agent"] ?? null,
    };
    const call: Call = {
      method,
      path,
      template: route.template,
      params,
      query: new URLSearchParams(query),
      headers: request.headers,
      body,
      org,
      origin,
    };
    const answer = await route.handle(call);
    if (isWrite(method)) {
      if (!route.form) counters.applied(method, route.template, path);
      org.changed();
    }
    return answer;
  }

  #count(visit: Visit, route: Route): void {
    if (isWrite(visit.method) && !route.form)
      this.#parts.counters.write(visit.method, route.template, visit.path);
    else this.#parts.counters.read();
  }

  #limit(visit: Visit, route: Route, fault: Refusal | undefined): void {
    const { limiter, org } = this.#parts;
    const budget = limiter.take(visit.method, route.template);
    visit.budget = budget;
    if (fault) {
      visit.budget = {
        ...budget,
        limit: fault.concurrency ? 0 : budget.limit,
        remaining: 0,
        reset: Math.ceil(org.now() / 1000) + fault.resetSeconds,
      };
      throw problem("E0000047");
    }
    if (!budget.exceeded) return;
    if (budget.first) this.#logViolation(visit, budget);
    throw problem("E0000047");
  }

  #logViolation(visit: Visit, budget: Budget): void {
    this.#parts.org.log.write({
      eventType: "system.org.rate_limit.violation",
      origin: {
        actor: SYSTEM_ACTOR,
        requestId: visit.requestId,
        requestUri: visit.path,
        url: visit.path,
        ip: null,
        userAgent: null,
      },
      severity: "WARN",
      target: [
        { id: visit.path, type: "URL Pattern", alternateId: "unknown", displayName: visit.path },
        { id: budget.bucket, type: "Bucket Uuid", alternateId: "unknown", displayName: budget.bucket },
      ],
      debugData: { threshold: String(budget.limit), timeSpan: "1", timeUnit: "MINUTES" },
    });
  }
}

function findRoute(visit: Visit): { route: Route; params: Record<string, string> } {
  const match = router.find(visit.method, visit.path);
  if (match.found) return match;
  throw problem(match.otherMethods.length > 0 ? "E0000022" : "E0000008");
}

function cut(visit: Visit): null {
  visit.request.socket.destroy();
  return null;
}

function problemAnswer(error: unknown): Answer {
  if (error instanceof PlainProblem) {
    return { status: error.status, body: error.body, headers: error.headers };
  }
  const known = error instanceof OktaProblem ? error : problem("E0000009");
  const errorId = `oae${randomBytes(15).toString("base64url")}`;
  const body = problemBody(known, errorId);
  if (known !== error) {
    // A bug of ours: name it, so that nobody debugs their flow for it.
    body.errorCauses = [{ errorSummary: `The sandbox org failed: ${String(error)}` }];
  }
  return { status: known.status, body, headers: known.headers };
}
