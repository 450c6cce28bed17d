/** A part of the code base with walls around it. */
export interface Layer {
  /** A folder or file; `*` stands for one folder name, and each folder it matches is a layer of its own. */
  path: string;
  /** Distance from the foundation. Test files may also import every layer of a lower rank. */
  rank: number;
  /** The layers it may import besides itself, by their path. */
  layers: readonly string[];
  /** The npm packages it may import; a pattern may end in `*`. */
  packages: readonly string[];
  /** Exceptions to `packages`. */
  notPackages?: readonly string[];
  /** Whether it may use Node's own modules. */
  node: boolean;
  /** What its tests may import besides. */
  testLayers?: readonly string[];
  testPackages?: readonly string[];
  /** The reason for its walls, for whoever runs into one. */
  because: string;
}

/** What every test file may import. */
export const TEST_PACKAGES = ["vitest", "vitest/*", "fast-check", "@testing-library/*"];

const ANY = ["*"];
const DOMAIN = ["lib/flow", "lib/cards"];
const DATABASE = ["pg", "@prisma/*", "prisma", "graphile-worker"];
const BROWSER = ["react", "react-dom", "@mantine/*", "@tabler/*", "@xyflow/*", "@tanstack/*", "zustand"];
const CANVAS = "@xyflow/*";
/** The harness: real databases and instances for tests. */
const TEST_TOOLS = ["sandbox", "scripts"];

/** Playwright's names the session file that the specs share, Next's the headers that hooks are answered with too. */
const CONFIGURED_WITH: Record<string, string[]> = { playwright: ["e2e"], next: ["lib/server"] };

/**
 * The walls of the house. A file belongs to the most specific layer whose path it lies in; a file that belongs to
 * none is an error, so that a new folder comes with a decision about what it may know.
 */
export const LAYERS: readonly Layer[] = [
  {
    path: "lib/flow",
    rank: 1,
    layers: [],
    packages: ["zod"],
    node: false,
    because: "a flow document is pure data: ids and time are arguments",
  },
  {
    path: "lib/cards",
    rank: 2,
    layers: ["lib/flow"],
    packages: ["zod"],
    node: false,
    because: "what a card is must be known in the browser and the server alike",
  },
  {
    path: "lib/connectors/*",
    rank: 3,
    layers: DOMAIN,
    packages: ["zod"],
    node: false,
    because:
      "a card is a declaration; it reaches the world through what it is handed, and knows no other connector",
  },
  {
    path: "lib/registry.ts",
    rank: 4,
    layers: ["lib/cards", "lib/connectors/*"],
    packages: [],
    node: false,
    because: "it lists the connectors and does nothing else",
  },
  {
    path: "lib/engine",
    rank: 5,
    layers: DOMAIN,
    packages: [],
    node: false,
    because: "the executor talks to the world through ports; the registry is an argument",
  },
  {
    path: "lib/api",
    rank: 6,
    layers: [...DOMAIN, "lib/engine"],
    packages: ["zod"],
    node: false,
    because: "the contract of the JSON API is shared by browser and server",
  },
  {
    path: "lib/editor",
    rank: 6,
    layers: [...DOMAIN, "lib/api"],
    packages: ["zod", "zustand", "zustand/*", "react", "@tanstack/react-query"],
    node: false,
    because: "the state of the builder lives in the browser and knows nothing of how it is drawn",
  },
  {
    path: "lib/server",
    rank: 8,
    layers: [...DOMAIN, "lib/connectors/*", "lib/registry.ts", "lib/engine", "lib/api"],
    packages: ANY,
    notPackages: BROWSER,
    node: true,
    testLayers: [...TEST_TOOLS, "prisma", "worker"],
    because: "it knows nothing of what is drawn, and the worker runs it too",
  },
  {
    path: "components/ui",
    rank: 7,
    layers: [],
    packages: ANY,
    notPackages: [...DATABASE, CANVAS],
    node: false,
    because: "a primitive knows no word of our domain",
  },
  {
    path: "components/canvas",
    rank: 8,
    layers: [...DOMAIN, "lib/api", "lib/editor", "components", "components/ui"],
    packages: ANY,
    notPackages: DATABASE,
    node: false,
    because: "components run in the browser",
  },
  {
    path: "components",
    rank: 8,
    layers: [...DOMAIN, "lib/api", "lib/editor", "components/canvas", "components/ui"],
    packages: ANY,
    notPackages: [...DATABASE, CANVAS],
    node: false,
    because: "components run in the browser, and only components/canvas knows the canvas library",
  },
  {
    path: "app",
    rank: 9,
    layers: [...DOMAIN, "lib/api", "lib/server", "components", "components/canvas", "components/ui"],
    packages: ANY,
    notPackages: [...DATABASE, CANVAS],
    node: false,
    testLayers: TEST_TOOLS,
    because: "a route parses, makes one call into lib/server and renders",
  },
  {
    path: "worker",
    rank: 9,
    layers: ["lib/server", "lib/registry.ts"],
    packages: [],
    node: true,
    testLayers: TEST_TOOLS,
    testPackages: ["pg", "graphile-worker"],
    because: "it is a process entry: what it does lives in lib/server",
  },
  {
    path: "web",
    rank: 9,
    layers: ["lib/server"],
    packages: ["next"],
    node: true,
    testLayers: TEST_TOOLS,
    because: "it is a process entry: what it does lives in lib/server and app",
  },
  {
    path: "sandbox",
    rank: 1,
    layers: [],
    packages: ["zod", "ajv"],
    node: true,
    testPackages: ["@okta/okta-sdk-nodejs"],
    because: "it plays somebody else's computer: code shared with ours would share our mistakes",
  },
  {
    path: "prisma",
    rank: 9,
    layers: [...DOMAIN, "lib/connectors/*", "lib/registry.ts", "lib/engine", "lib/api", "lib/server"],
    packages: [],
    node: true,
    testLayers: TEST_TOOLS,
    because: "the seed uses the same code as everybody else",
  },
  ...["scripts", "bench", "e2e"].map((path) => ({
    path,
    rank: 10,
    layers: [
      ...DOMAIN,
      "lib/connectors/*",
      "lib/registry.ts",
      "lib/engine",
      "lib/api",
      "lib/server",
      ...TEST_TOOLS,
      "worker",
    ],
    packages: ANY,
    node: true,
    because: "tools look at the product from outside",
  })),
  ...["instrumentation.ts", "instrumentation-node.ts", "proxy.ts"].map((path) => ({
    path,
    rank: 10,
    layers: ["lib/server"],
    packages: ["next"],
    node: true,
    because: "it hands over from Next to lib/server",
  })),
  ...["next", "postcss", "vitest", "playwright", "prisma"].map((tool) => ({
    path: `${tool}.config.${tool === "next" || tool === "postcss" ? "mjs" : "ts"}`,
    rank: 10,
    layers: ["scripts", ...(CONFIGURED_WITH[tool] ?? [])],
    packages: ANY,
    node: true,
    because: "it configures a tool",
  })),
];
