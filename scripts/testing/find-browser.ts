import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { chromium } from "@playwright/test";

const SYSTEM_PATHS = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/google-chrome",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** A browser the end-to-end tests can use. */
export interface Browser {
  /** Undefined: the one Playwright installed, which it finds itself. */
  executablePath: string | undefined;
}

/**
 * Looks for a Chromium: CHROMIUM_PATH, then Playwright's own, then the usual places of the system.
 *
 * @returns undefined when there is none that starts
 */
export function findBrowser(environment: NodeJS.ProcessEnv = process.env): Browser | undefined {
  const chosen = environment.CHROMIUM_PATH;
  if (chosen) return starts(chosen) ? { executablePath: chosen } : undefined;
  if (starts(chromium.executablePath())) return { executablePath: undefined };
  const executablePath = SYSTEM_PATHS.find(starts);
  return executablePath === undefined ? undefined : { executablePath };
}

/** A downloaded browser may lack libraries of the system, so being there is not enough. */
function starts(file: string): boolean {
  if (!existsSync(file)) return false;
  // On Windows `--version` opens a window instead of answering.
  if (process.platform === "win32") return true;
  return spawnSync(file, ["--version"], { timeout: 20_000, stdio: "ignore" }).status === 0;
}
