import { registry } from "../../registry.ts";

/** Parts of the API the console itself calls, and such that people call by hand often. */
const OWN =
  "/api/v1/eventHooks/lifecycle/verify/logs/org/meta/schemas/types/oauth2/v1/token/revoke/idps/policies/zones";

let words: ReadonlySet<string> | undefined;

/** Every word that stands in a path of Okta's API as cards know it. */
function knownWords(): ReadonlySet<string> {
  words ??= new Set(
    [OWN, ...registry.cards.map(({ description }) => description.endpoint ?? "")].flatMap((endpoint) =>
      endpoint
        .replace(/^\w+ /, "")
        .split(/[/?]/)
        .filter((part) => /^[A-Za-z]\w*$/.test(part)),
    ),
  );
  return words;
}

/**
 * A path with everything but words of Okta's API replaced: "/api/v1/users/00u1/lifecycle/suspend" is
 * "/api/v1/users/{id}/lifecycle/suspend". A list of known words and no guess at what looks like an id: a login may look
 * like any word, and must get into no label and no trace.
 */
export function pathTemplate(path: string): string {
  const [pathname = ""] = path.split(/[?#]/, 1);
  const known = knownWords();
  return pathname
    .split("/")
    .map((part) => (part === "" || known.has(part) ? part : "{id}"))
    .join("/");
}

/** The part of the API a call goes to, near to what Okta counts together: "/api/v1/users". */
export function bucketOf(path: string): string {
  return pathTemplate(path).split("/").slice(0, 4).join("/");
}

/**
 * The rate bucket a call belongs to, as far as can be known without Okta's list of an org's limits: reads and writes
 * apart, and lists, one thing, and what lies below it, which Okta limits differently: "GET /api/v1/users/{id}",
 * "write /api/v1/groups", "GET /api/v1/apps/{id}/*". Two of Okta's in one of ours would forget each other's limit with every
 * answer, and calls go one by one where a limit is new. Which of these an org counts together its answers tell (`areOne` in
 * lib/server/budget).
 */
export function rateBucketOf(method: string, path: string): string {
  const [one, ...below] = pathTemplate(path).split("/").slice(4);
  const isThing = one === "{id}" && below.length === 0;
  const level = one === undefined ? "" : isThing ? "/{id}" : `/${one}/*`;
  return `${method === "GET" ? "GET" : "write"} ${bucketOf(path)}${level}`;
}
