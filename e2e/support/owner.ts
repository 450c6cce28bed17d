import path from "node:path";
import { slot } from "./needed.ts";

/** The first account of the console, created by first-run.setup.ts and signed in wherever a test doesn't say otherwise. */
export const OWNER = {
  name: "Olivia Owner",
  email: "olivia@example.com",
  password: "correct horse battery",
};

/** Where the setup leaves the owner's session on an instance. Not in the output folder, which every run empties. */
export function sessionFile(instance: number): string {
  return path.join(import.meta.dirname, "..", "..", ".data-test", `owner-session-${instance}.json`);
}

/** The owner's session on the instance of this process. */
export const SESSION_FILE = sessionFile(slot);
