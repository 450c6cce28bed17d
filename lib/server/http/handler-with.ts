import type { z } from "zod";
import type { Endpoint } from "../../api/endpoint.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { errorAnswer, type Report } from "./error-answer.ts";
import { jsonAnswer } from "./json-answer.ts";
import { paramsOf, parseParts, queryOf } from "./parse-request.ts";
import { ApiProblem } from "./problem.ts";
import { BODY_LIMIT, readJsonBody } from "./read-body.ts";
import { Reply } from "./reply.ts";
import { requireSameOrigin } from "./same-origin.ts";

/** Somebody known, and by what. */
export interface Caller {
  actor: Actor;
  by: "cookie" | "token";
  /** Of the session, where it is by cookie. */
  sessionId?: string;
}

/** What handlers need from around them; tests bring their own. */
export interface HandlerWorld {
  /** @throws ApiProblem "not-signed-in" when a token is given that is none */
  authenticate(headers: Headers): Promise<Caller | undefined>;
  publicUrl(): string | undefined;
  report: Report;
  /** Check what services answer against the endpoint's schema. */
  checkAnswers: boolean;
}

/** The parsed request as a service gets it. */
export interface Input<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  request: Request;
}

/** The parsed request of a known caller. */
export interface Call<Params, Query, Body> extends Input<Params, Query, Body> {
  actor: Actor;
  caller: Caller;
}

export interface HandleOptions {
  /** Bytes; BODY_LIMIT where absent. */
  bodyLimit?: number;
}

/** A route handler as Next.js calls it. */
export type RouteHandler = ((request: Request) => Promise<Response>) & {
  /** For the tests that compare routes with endpoints. */
  endpoint: Endpoint;
};

type Answered<A extends z.ZodType> = z.input<A> | Reply<z.input<A>>;

export type Service<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType> = (
  call: Call<z.output<P>, z.output<Q>, z.output<B>>,
) => Answered<A> | Promise<Answered<A>>;

export type PublicService<
  P extends z.ZodType,
  Q extends z.ZodType,
  B extends z.ZodType,
  A extends z.ZodType,
> = (call: Input<z.output<P>, z.output<Q>, z.output<B>>) => Answered<A> | Promise<Answered<A>>;

/**
 * The machinery of every API route. In this order: who asks, may they, does the request come from our own page,
 * is it well formed; only then the service.
 */
export function handlerWith(world: HandlerWorld) {
  /** Makes the route of an endpoint that needs an account. */
  function handle<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    endpoint: Endpoint<P, Q, B, A>,
    service: Service<P, Q, B, A>,
    options: HandleOptions = {},
  ): RouteHandler {
    const { permission } = endpoint;
    if (permission === "public") throw new Error(`${endpoint.path} is public: use handlePublic`);
    return route(endpoint, world, async (request) => {
      const caller = await world.authenticate(request.headers);
      if (caller === undefined) throw notSignedIn();
      if (permission !== "signedIn") authorize(caller.actor, permission);
      if (caller.by === "cookie") requireSameOrigin(request, true, world.publicUrl());
      const input = await parse(endpoint, request, options);
      return service({ ...input, actor: caller.actor, caller });
    });
  }

  /** Makes the route of an endpoint that needs no account. */
  function handlePublic<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
    endpoint: Endpoint<P, Q, B, A>,
    service: PublicService<P, Q, B, A>,
    options: HandleOptions = {},
  ): RouteHandler {
    if (endpoint.permission !== "public") throw new Error(`${endpoint.path} is not public: use handle`);
    return route(endpoint, world, async (request) => {
      requireSameOrigin(request, false, world.publicUrl());
      return service(await parse(endpoint, request, options));
    });
  }

  return { handle, handlePublic };
}

function route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType, A extends z.ZodType>(
  endpoint: Endpoint<P, Q, B, A>,
  world: HandlerWorld,
  serve: (request: Request) => Promise<Answered<A>>,
): RouteHandler {
  const where = `${endpoint.method} ${endpoint.path}`;
  const handler = async (request: Request): Promise<Response> => {
    try {
      return answerOf(await serve(request), request, endpoint.answer, world.checkAnswers);
    } catch (error) {
      return errorAnswer(error, where, world.report);
    }
  };
  return Object.assign(handler, { endpoint });
}

async function parse<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  endpoint: Endpoint<P, Q, B>,
  request: Request,
  options: HandleOptions,
): Promise<Input<z.output<P>, z.output<Q>, z.output<B>>> {
  const raw = {
    params: endpoint.params === undefined ? undefined : paramsOf(endpoint.path, request.url),
    query: endpoint.query === undefined ? undefined : queryOf(request.url),
    body:
      endpoint.body === undefined ? undefined : await readJsonBody(request, options.bodyLimit ?? BODY_LIMIT),
  };
  const parts = parseParts(endpoint, raw);
  // parseParts ran exactly these schemas, or gave undefined where there is none (ZodUndefined).
  return { ...parts, request } as Input<z.output<P>, z.output<Q>, z.output<B>>;
}

function answerOf<A extends z.ZodType>(
  answered: Answered<A>,
  request: Request,
  schema: A,
  check: boolean,
): Response {
  const reply = answered instanceof Reply ? answered : new Reply(answered);
  if (check) schema.parse(reply.answer);
  return jsonAnswer(reply, request);
}

function notSignedIn(): ApiProblem {
  return new ApiProblem(
    "not-signed-in",
    "You are not signed in.",
    { hint: "Sign in to the console, or send an API token as Authorization: Bearer …" },
    { headers: { "www-authenticate": "Bearer" } },
  );
}
