import { describe, expect, test } from "vitest";
import { endpoints } from "#lib/api/endpoints.ts";
import { request } from "#lib/server/accounts/test-console.ts";
import { loadRoutes, METHODS, placeOf, routeOf } from "./test-routes.ts";

const routes = await loadRoutes();

describe("routes and endpoints", () => {
  test.each(endpoints)("$name has its route, and the route serves it", ({ endpoint }) => {
    expect(routeOf(routes, endpoint).endpoint).toBe(endpoint);
  });

  test("there is no route without an endpoint", () => {
    const known = new Set(endpoints.map(({ endpoint }) => placeOf(endpoint)));
    expect([...routes.keys()].filter((place) => !known.has(place))).toEqual([]);
  });

  test("no two endpoints are in one place", () => {
    const places = endpoints.map(({ endpoint }) => placeOf(endpoint));
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
