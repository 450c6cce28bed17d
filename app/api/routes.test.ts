import { globSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { endpoints } from "#lib/api/endpoints.ts";
import { can } from "#lib/server/accounts/authorize.ts";
import { openTestConsole, request } from "#lib/server/accounts/test-console.ts";
import type { RouteHandler } from "#lib/server/http/handler-with.ts";

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];
const app = path.resolve(import.meta.dirname, "..");

interface Route {
  place: string;
  handler: RouteHandler;
}

/** "PUT /api/flows/[]": where a route is, whatever its params are called. */
const placeOf = (method: string, where: string) => `${method} ${where.replace(/[[{]\w+[\]}]/g, "[]")}`;

async function loadRoutes(): Promise<Route[]> {
  const routes: Route[] = [];
  for (const file of globSync("api/**/route.ts", { cwd: app })) {
    // Answers what is not there.
    if (file.includes("[...")) continue;
    const module: Record<string, RouteHandler> = await import(pathToFileURL(path.join(app, file)).href);
    const where = `/${path.dirname(file).split(path.sep).join("/")}`;
    for (const method of METHODS) {
      const handler = module[method];
      if (handler !== undefined) routes.push({ place: placeOf(method, where), handler });
    }
  }
  return routes;
}

const routes = await loadRoutes();
const byPlace = new Map(routes.map(({ place, handler }) => [place, handler]));
const handlerOf = (endpoint: { method: string; path: string }) => {
  const handler = byPlace.get(placeOf(endpoint.method, endpoint.path));
  if (handler === undefined) throw new Error(`${endpoint.method} ${endpoint.path} has no route.`);
  return handler;
};

describe("routes and endpoints", () => {
  test.each(endpoints)("$name has its route, and the route serves it", ({ endpoint }) => {
    expect(handlerOf(endpoint).endpoint).toBe(endpoint);
  });

  test("there is no route without an endpoint", () => {
    const known = new Set(endpoints.map(({ endpoint }) => placeOf(endpoint.method, endpoint.path)));
    expect(routes.map(({ place }) => place).filter((place) => !known.has(place))).toEqual([]);
  });

  test("no two endpoints are in one place", () => {
    const places = endpoints.map(({ endpoint }) => placeOf(endpoint.method, endpoint.path));
    expect(new Set(places).size).toBe(places.length);
  });
});

test("an address that does not exist is answered in JSON", async () => {
  const module: Record<string, (request: Request) => Response> = await import("./[...path]/route.ts");
  for (const method of METHODS) {
    const response = module[method]?.(request(method, "/api/nothing"));
    expect([response?.status, (await response?.json())?.error.code]).toEqual([404, "not-found"]);
  }
});

describe("rights: every endpoint, every kind of caller", () => {
  let console_: Awaited<ReturnType<typeof openTestConsole>>;
  let cookie: string;
  let authorization: string;
  beforeAll(async () => {
    console_ = await openTestConsole();
    cookie = await console_.setUp();
    authorization = await console_.token();
  });
  afterAll(() => console_.drop());

  /** Nothing has this id, and {} is a body hardly any endpoint takes: who is let in gets 404 or 400, seldom more. */
  const pathOf = (pattern: string) => pattern.replace(/\{\w+\}/g, "0d9be2a4-6b1f-4f0e-9f56-5a0a3c1b7a11");
  const statusFor = async (endpoint: { method: string; path: string }, headers: Record<string, string>) => {
    const response = await handlerOf(endpoint)(request(endpoint.method, pathOf(endpoint.path), { headers }));
    return response.status;
  };
  const REFUSED = [401, 403];
  const FAULTY = [500];

  const guarded = endpoints.filter(({ endpoint }) => endpoint.permission !== "public");

  test.each(guarded)("$name", async ({ endpoint }) => {
    const { permission, method } = endpoint;
    if (permission === "public") throw new Error("Not filtered.");
    expect(await statusFor(endpoint, {})).toBe(401);
    expect(await statusFor(endpoint, { authorization: "Bearer flowdeck_wrong" })).toBe(401);
    expect(await statusFor(endpoint, { cookie: "flowdeck-session=wrong.wrong" })).toBe(401);

    const asToken = await statusFor(endpoint, { authorization });
    const token = { kind: "token", id: "t", name: "t", role: "token" } as const;
    if (permission === "signedIn" || can(token, permission))
      expect([...REFUSED, ...FAULTY]).not.toContain(asToken);
    else expect(asToken).toBe(403);

    if (method !== "GET") {
      expect(await statusFor(endpoint, { cookie, origin: "https://evil.example" })).toBe(403);
    }
    expect([...REFUSED, ...FAULTY]).not.toContain(await statusFor(endpoint, { cookie }));
  });

  test("the public ones are these and no others", () => {
    const open = endpoints.filter(({ endpoint }) => endpoint.permission === "public");
    expect(open.map(({ name }) => name).sort()).toEqual([
      "acceptInvite",
      "createOwner",
      "getHealth",
      "getOpenApi",
      "getSetup",
      "signIn",
      "signOut",
    ]);
  });
});
