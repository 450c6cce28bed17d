/** A group of endpoints that share a limit, with the requests a minute Okta publishes. */
export interface RateBucket {
  /** What it holds, as Okta's page says it. */
  holds: string;
  /** Integrator Free Plan, Enterprise, Workforce Identity. */
  perMinute: readonly [free: string, enterprise: string, workforce: string];
  methods?: readonly string[];
  path: RegExp;
}

/** Where the figures stand: they are Okta's, differ by plan, and change. */
export const RATE_LIMITS_PAGE = "https://developer.okta.com/docs/reference/rl-global-mgmt/";

/**
 * The buckets our cards meet, in the order they are tried. Okta's page leaves open where a few endpoints below a group go;
 * "`/api/v1/groups` except `/api/v1/groups/{id}`" is taken at its word.
 */
const BUCKETS: readonly RateBucket[] = [
  {
    holds: "one application: `/api/v1/apps/{id}`",
    perMinute: ["100", "600", "500"],
    path: /^\/api\/v1\/apps\/\{[^/]+\}$/,
  },
  {
    holds: "`/api/v1/apps` and all below it but one application",
    perMinute: ["20", "100", "100"],
    path: /^\/api\/v1\/apps(\/|$)/,
  },
  {
    holds: "one group: `/api/v1/groups/{id}`",
    perMinute: ["100", "600", "1,000"],
    path: /^\/api\/v1\/groups\/\{[^/]+\}$/,
  },
  {
    holds: "`/api/v1/groups` and all below it but one group",
    perMinute: ["100", "600", "500"],
    path: /^\/api\/v1\/groups(\/|$)/,
  },
  {
    holds: "`GET` and `POST` of `/api/v1/users`",
    perMinute: ["100", "600", "600"],
    methods: ["GET", "POST"],
    path: /^\/api\/v1\/users$/,
  },
  {
    holds: "`GET` of one user: `/api/v1/users/{idOrLogin}`",
    perMinute: ["100", "1,000", "2,000"],
    methods: ["GET"],
    path: /^\/api\/v1\/users\/\{[^/]+\}$/,
  },
  {
    holds: "`POST`, `PUT` and `DELETE` of one user: `/api/v1/users/{id}`",
    perMinute: ["100", "600", "600"],
    methods: ["POST", "PUT", "DELETE"],
    path: /^\/api\/v1\/users\/\{[^/]+\}$/,
  },
  { holds: "the System Log: `/api/v1/logs`", perMinute: ["20", "50", "120"], path: /^\/api\/v1\/logs$/ },
  { holds: "most else: `/api/v1`", perMinute: ["100", "600", "1,200"], path: /^\/api\/v1\// },
];

/** A call as it stands in a card's endpoint. */
export interface NamedCall {
  method: string;
  path: string;
}

/** The calls in a card's endpoint: `GET and PUT /api/v1/groups/{groupId}` are two. */
export function callsOf(endpoint: string): NamedCall[] {
  const found = endpoint.matchAll(/([A-Z]+(?: and [A-Z]+)*) (\/api\/v1\/[^\s?,]+)/g);
  return [...found].flatMap(([, methods = "", path = ""]) =>
    methods.split(" and ").map((method) => ({ method, path })),
  );
}

/** The bucket a call counts against; undefined outside the Management API. */
export function bucketOf({ method, path }: NamedCall): RateBucket | undefined {
  return BUCKETS.find((bucket) => bucket.path.test(path) && (bucket.methods?.includes(method) ?? true));
}
