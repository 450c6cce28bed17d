import { defineConfig } from "vitest/config";

/** Unit and integration tests; those in a real browser are Playwright's (e2e/). */
export default defineConfig({
  test: {
    include: ["**/*.test.{ts,tsx}"],
    exclude: ["node_modules/**", ".next/**", ".data*/**", "e2e/**"],
    // Component tests say so in their first line: // @vitest-environment happy-dom
    environment: "node",
    // The default leaves one of two cores idle: the suite took 445 s with one worker, 375 s with two while the machine was busy.
    maxWorkers: 2,
    globalSetup: ["./scripts/testing/after-tests.ts"],
    // Integration tests start real processes; on a busy two-core machine five seconds are not enough.
    testTimeout: 30_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
  },
});
