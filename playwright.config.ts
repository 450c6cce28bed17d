import { defineConfig, devices } from "@playwright/test";
import { instances, setting } from "./e2e/support/needed.ts";
import { SESSION_FILE } from "./e2e/support/owner.ts";
import { findBrowser } from "./scripts/testing/find-browser.ts";

const browser = findBrowser();
if (browser === undefined) {
  throw new Error("There is no Chromium. `npm run test:e2e` installs one, or says what to run.");
}
const desktop = { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 800 } };

/**
 * End-to-end tests in a real Chromium. `npm run test:e2e` starts whole instances with fresh databases and names them in
 * E2E_INSTANCES; to work on a single spec, start one yourself: `npm start`, then `BASE_URL=http://localhost:3000 npx playwright
 * test` (with SANDBOX_URL, SANDBOX_TOKEN, DATABASE_URL and FLOWDECK_DATA_DIR where the spec needs them).
 */
export default defineConfig({
  testDir: "./e2e",
  outputDir: "./test-results",
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // Each worker has an instance and a sandbox org to itself; the tests of a file run one after the other.
  workers: instances.length,
  fullyParallel: false,
  // A test that passes at the second try hides a fault.
  retries: 0,
  forbidOnly: Boolean(process.env.CI),
  reporter: [["list"]],
  use: {
    baseURL: setting("BASE_URL") ?? "http://localhost:3000",
    // The film of the page took a third of the CPU time of all; a failure has its last picture below, and the trace the pages.
    trace: { mode: "retain-on-failure", screenshots: false },
    screenshot: "only-on-failure",
    // Nothing glides: what a test aims at stands where it will stand.
    contextOptions: { reducedMotion: "reduce" },
    launchOptions: {
      executablePath: browser.executablePath,
      // No request may leave this machine during a test run, not even the browser's own.
      args: [
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-domain-reliability",
        "--no-pings",
        "--disable-features=OptimizationHints,MediaRouter,Translate,AutofillServerCommunication",
        // A container's /dev/shm is 64 MB, which a page with a large canvas exceeds.
        "--disable-dev-shm-usage",
      ],
    },
  },
  projects: [
    // The first visit of a fresh instance is a test like any other, and leaves the session the others begin with.
    { name: "first-run", testMatch: /\.setup\.ts$/, use: desktop },
    { name: "chromium", dependencies: ["first-run"], use: { ...desktop, storageState: SESSION_FILE } },
  ],
});
