import { spawn } from "node:child_process";

/**
 * Opens the address in the browser of the person who typed the command, if there is a person with a screen:
 * not in CI, not in a container, not over SSH, not when the output goes to a file. BROWSER=none turns it off.
 */
export function openBrowser(address: string): void {
  if (!process.stdout.isTTY || process.env.CI || process.env.SSH_CONNECTION || process.env.BROWSER === "none")
    return;
  const command = opener();
  if (command === undefined) return;
  const [program, ...args] = command;
  const child = spawn(program, [...args, address], { stdio: "ignore", detached: true });
  child.once("error", () => {
    // No such program here; the address was printed.
  });
  child.unref();
}

function opener(): [string, ...string[]] | undefined {
  if (process.platform === "darwin") return ["open"];
  if (process.platform === "win32") return ["cmd", "/c", "start", ""];
  return process.env.DISPLAY || process.env.WAYLAND_DISPLAY ? ["xdg-open"] : undefined;
}
