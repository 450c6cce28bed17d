import { notFound } from "../http/problem.ts";
import type { Call } from "../http/router.ts";
import type { AppRecord } from "../org/apps.ts";

/** The application of `/apps/{appId}`. Throws 404 E0000007. */
export function appOf(call: Call): AppRecord {
  const id = call.params.appId ?? "";
  const app = call.org.apps.get(id);
  if (!app) throw notFound(id, "AppInstance");
  return app;
}
