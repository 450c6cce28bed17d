import { globSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { RouteHandler } from "#lib/server/http/handler-with.ts";

/** The methods a route may have. */
export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"];

interface Place {
  method: string;
  path: string;
}

/** "PUT /api/flows/[]": where a route is, whatever its params are called. */
export function placeOf({ method, path: where }: Place): string {
  return `${method} ${where.replace(/[[{]\w+[\]}]/g, "[]")}`;
}

/** For tests: every route of the JSON API by its place, loaded from the files as Next.js does. */
export async function loadRoutes(): Promise<Map<string, RouteHandler>> {
  const app = path.resolve(import.meta.dirname, "..");
  const routes = new Map<string, RouteHandler>();
  for (const file of globSync("api/**/route.ts", { cwd: app })) {
    // Answers what is not there.
    if (file.includes("[...")) continue;
    const module: Record<string, RouteHandler> = await import(pathToFileURL(path.join(app, file)).href);
    const where = `/${path.dirname(file).split(path.sep).join("/")}`;
    for (const method of METHODS) {
      const handler = module[method];
      if (handler !== undefined) routes.set(placeOf({ method, path: where }), handler);
    }
  }
  return routes;
}

/** The route of an endpoint. @throws Error where there is none */
export function routeOf(routes: Map<string, RouteHandler>, endpoint: Place): RouteHandler {
  const handler = routes.get(placeOf(endpoint));
  if (handler === undefined) throw new Error(`${endpoint.method} ${endpoint.path} has no route.`);
  return handler;
}
