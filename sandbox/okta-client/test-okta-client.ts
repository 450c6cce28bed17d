import okta from "@okta/okta-sdk-nodejs";
import { apiRoutes } from "../api/routes.ts";
import { Router } from "../http/router.ts";
import { oauthRoutes } from "../oauth/routes.ts";
import { type Sandbox, type SandboxOptions, startSandbox } from "../server.ts";

/** An org of a suite, and Okta's own client for it. */
export interface ClientOrg {
  sandbox: Sandbox;
  client: okta.Client;
  /** A client of another kind for the same org. */
  clientWith: (more: object) => okta.Client;
}

const routes = [...apiRoutes, ...oauthRoutes];
const router = new Router(routes);
const succeeded = new Set<string>();

/** Starts an org whose operations are noted as they succeed. The client's cache of GETs hides changes, so it is off. */
export async function openClientOrg(options: SandboxOptions = {}): Promise<ClientOrg> {
  for (const name of ["HTTPS_PROXY", "https_proxy"]) delete process.env[name]; // it would tunnel even loopback
  const sandbox = await startSandbox({
    ...options,
    record: ({ method, path, status }) => {
      const match = router.find(method, path.split("?", 1)[0] ?? "");
      if (match.found && status < 400) succeeded.add(nameOf(match.route));
    },
  });
  const clientWith = (more: object) =>
    new okta.Client({ orgUrl: sandbox.url, cacheMiddleware: null, ...more } as object);
  return { sandbox, clientWith, client: clientWith({ token: sandbox.token }) };
}

/** Operations of the org that have not succeeded for the client since the file began: `GET /api/v1/org`. */
export function operationsNotCalled(): string[] {
  return routes.map(nameOf).filter((name) => !succeeded.has(name));
}

const nameOf = ({ method, template }: { method: string; template: string }): string =>
  `${method} ${template}`;

/** Everything of a list, however many pages it has. */
export async function collect<T>(collection: {
  each: (visit: (item: T | null) => void) => Promise<unknown>;
}): Promise<T[]> {
  const items: T[] = [];
  await collection.each((item) => {
    if (item) items.push(item);
  });
  return items;
}
