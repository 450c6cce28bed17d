import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { Problem } from "../problem.ts";
import { projectFolder } from "../project-folder.ts";
import { findBrowser } from "./find-browser.ts";

const INSTALL_WITHIN_MS = 10 * 60_000;

/**
 * Makes sure there is a Chromium for the end-to-end tests, installing one where that is possible.
 *
 * @throws Problem saying exactly what to run when there is none and none can be installed
 */
export function ensureBrowser(notify: (message: string) => void): void {
  if (findBrowser() !== undefined) return;
  if (process.env.CHROMIUM_PATH) {
    throw new Problem(
      `CHROMIUM_PATH is ${process.env.CHROMIUM_PATH}, and no browser starts from there.`,
      "Correct it, or unset it to have one looked for.",
    );
  }
  notify("No Chromium found; asking Playwright to install one …");
  run(process.execPath, [playwrightCli, "install", "chromium"]);
  if (findBrowser() !== undefined) return;
  if (isDebianRoot()) {
    notify("That did not work; installing Debian's chromium …");
    run("apt-get", ["update"]);
    run("apt-get", ["install", "-y", "--no-install-recommends", "chromium"]);
    if (findBrowser() !== undefined) return;
  }
  throw new Problem(
    "The end-to-end tests need a Chromium; there is none, and none could be installed.",
    [
      "Run one of these, then npm test again:",
      "  npx playwright install --with-deps chromium     (downloads Playwright's own)",
      "  sudo apt-get install -y chromium                (Debian, Ubuntu)",
      "or set CHROMIUM_PATH to a Chromium or Chrome. Without a browser: npm run test:unit",
    ].join("\n"),
  );
}

const playwrightCli = path.join(projectFolder, "node_modules", "@playwright", "test", "cli.js");

function run(command: string, args: string[]): void {
  spawnSync(command, args, {
    stdio: ["ignore", "inherit", "inherit"],
    timeout: INSTALL_WITHIN_MS,
    env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" },
  });
}

function isDebianRoot(): boolean {
  return process.platform === "linux" && process.getuid?.() === 0 && existsSync("/usr/bin/apt-get");
}
