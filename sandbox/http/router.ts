import type { Origin } from "../org/log-record.ts";
import type { Org } from "../org/org.ts";

/** One request to the Management API, after routing, authentication and body parsing. */
export interface Call {
  method: string;
  path: string;
  template: string;
  params: Record<string, string>;
  query: URLSearchParams;
  headers: Record<string, string | string[] | undefined>;
  body: unknown;
  org: Org;
  /** Who asked and from where; every log event of this call carries it. */
  origin: Origin;
}

/** What a handler answers. A body of `undefined` sends none. */
export interface Answer {
  status: number;
  body?: unknown;
  /** Sent instead of a body: a page for people, as what stands before an org answers with. */
  html?: string;
  headers?: Record<string, string | string[]>;
}

export type Handler = (call: Call) => Answer | Promise<Answer>;

/** One operation: the path template is the one of Okta's OpenAPI file. */
export interface Route {
  method: string;
  template: string;
  handle: Handler;
  /** Answers without a token, as Okta's /.well-known documents do. */
  open?: boolean;
  /** Takes a form instead of JSON and changes nothing in the org: the OAuth endpoints. */
  form?: boolean;
}

/** Declares an operation. */
export function route(method: string, template: string, handle: Handler): Route {
  return { method, template, handle };
}

/** The result of a look-up: the route and its path parameters, or why there is none. */
export type Match =
  | { found: true; route: Route; params: Record<string, string> }
  | { found: false; otherMethods: string[] };

interface Node {
  fixed: Map<string, Node>;
  wild: Node | null;
  routes: Map<string, Route>;
}

const newNode = (): Node => ({ fixed: new Map(), wild: null, routes: new Map() });

/** Finds the route of a path in time proportional to its segments; a fixed segment wins over a parameter. */
export class Router {
  readonly #root = newNode();

  constructor(routes: readonly Route[]) {
    for (const item of routes) this.#add(item);
  }

  #add(item: Route): void {
    let node = this.#root;
    for (const segment of item.template.split("/").slice(1)) {
      if (segment.startsWith("{")) {
        node.wild ??= newNode();
        node = node.wild;
      } else {
        let next = node.fixed.get(segment);
        if (!next) {
          next = newNode();
          node.fixed.set(segment, next);
        }
        node = next;
      }
    }
    node.routes.set(item.method, item);
  }

  /** Looks up a path (without its query). Path parameters are percent-decoded. */
  find(method: string, path: string): Match {
    const segments = path.split("/").slice(1);
    const others: string[] = [];
    const hit = descend(this.#root, segments, 0, method, others);
    if (!hit) return { found: false, otherMethods: others };
    return { found: true, route: hit, params: readParams(hit.template, segments) };
  }
}

function descend(node: Node, segments: string[], at: number, method: string, others: string[]): Route | null {
  const segment = segments[at];
  if (segment === undefined) {
    const hit = node.routes.get(method);
    if (!hit) others.push(...node.routes.keys());
    return hit ?? null;
  }
  const fixed = node.fixed.get(segment);
  const hit = fixed ? descend(fixed, segments, at + 1, method, others) : null;
  if (hit || !node.wild || segment === "") return hit;
  return descend(node.wild, segments, at + 1, method, others);
}

function readParams(template: string, segments: string[]): Record<string, string> {
  const params: Record<string, string> = {};
  const names = template.split("/").slice(1);
  for (const [at, name] of names.entries()) {
    if (name.startsWith("{")) params[name.slice(1, -1)] = decode(segments[at] ?? "");
  }
  return params;
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // a stray % is then simply an id nobody has
  }
}
