import { globSync, readFileSync } from "node:fs";
import { defineConfig } from "vitest/config";
import { PATIENCE_MS } from "./scripts/testing/patience.ts";

/** Folders whose code knows no clock, no environment and no database: nothing there outlives a test but its modules. */
const SHARING = [
  "components/**/*.test.{ts,tsx}",
  "lib/*.test.ts",
  "lib/{api,cards,connectors,editor,engine,flow}/**/*.test.ts",
  "sandbox/**/*.test.ts",
];
/** A module that is loaded already can't be replaced any more, so files that replace some run alone. */
const together = globSync(SHARING, { cwd: import.meta.dirname }).filter(
  (file) => !readFileSync(file, "utf8").includes("vi.mock("),
);
const NO_TESTS = ["node_modules/**", ".next/**", ".data*/**", "e2e/**"];

/** Unit and integration tests; those in a real browser are Playwright's (e2e/). */
export default defineConfig({
  test: {
    // Component tests say so in their first line: // @vitest-environment happy-dom
    environment: "node",
    // On two cores. Tests of faults wait for leases and limits half of their time, which is when a third file computes:
    // with two workers the suite took 393 s.
    maxWorkers: 3,
    globalSetup: ["./scripts/testing/after-tests.ts"],
    // A worker process that a test starts takes 0.4 s of a core with what Node kept of its sources, 1.1 s without.
    env: { NODE_COMPILE_CACHE: `${import.meta.dirname}/node_modules/.cache/node` },
    // Integration tests start real processes; on a busy two-core machine five seconds are not enough.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: PATIENCE_MS } },
    setupFiles: ["./scripts/testing/wait-patiently.ts"],
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    projects: [
      {
        extends: true,
        test: { name: "alone", include: ["**/*.test.{ts,tsx}"], exclude: [...NO_TESTS, ...together] },
      },
      // Loading the same modules for each of 170 small files took longer than their tests.
      {
        extends: true,
        test: {
          name: "together",
          include: together,
          isolate: false,
          setupFiles: ["./scripts/testing/real-timers.ts"],
        },
      },
    ],
  },
});
