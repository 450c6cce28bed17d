import type { Sandbox } from "./server.ts";

/** What came back from the org, body parsed. */
export interface Received {
  status: number;
  headers: Headers;
  // Tests look into bodies of every shape.
  body: Record<string, unknown> & { errorCode?: string; errorSummary?: string };
  list: Record<string, unknown>[];
}

/** Sends one request as the super admin, or with the headers given. */
export type Send = (
  method: string,
  path: string,
  body?: unknown,
  headers?: Record<string, string>,
) => Promise<Received>;

/** A client of a running sandbox org for tests and the spec check. Paths may be whole addresses (Link headers). */
export function clientOf(sandbox: Pick<Sandbox, "url" | "token">): Send {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(path.startsWith("http") ? path : sandbox.url + path, {
      method,
      headers: {
        authorization: `SSWS ${sandbox.token}`,
        ...(body === undefined ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const parsed: unknown = text === "" ? {} : JSON.parse(text);
    return {
      status: response.status,
      headers: response.headers,
      body: Array.isArray(parsed) ? {} : (parsed as Received["body"]),
      list: Array.isArray(parsed) ? parsed : [],
    };
  };
}

/** The address of a `rel` in a Link header, or null. */
export function linkOf(headers: Headers, rel: string): string | null {
  return new RegExp(`<([^>]+)>; rel="${rel}"`).exec(headers.get("link") ?? "")?.[1] ?? null;
}

let made = 0;

/** A profile no other test has. */
export function newProfile(more: Record<string, unknown> = {}): Record<string, unknown> {
  made += 1;
  const login = `person.${made}@tests.example`;
  return { firstName: "Pat", lastName: `Person${made}`, email: login, login, ...more };
}

/** A password the policy of the org takes. */
export const GOOD_PASSWORD = "Wonder-Wall-77";
