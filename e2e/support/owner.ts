import path from "node:path";

/** The first account of the console, created by first-run.setup.ts and signed in wherever a test doesn't say otherwise. */
export const OWNER = {
  name: "Olivia Owner",
  email: "olivia@example.com",
  password: "correct horse battery",
};

/** Where the setup leaves the owner's session. Not in the output folder, which every run empties. */
export const SESSION_FILE = path.join(import.meta.dirname, "..", "..", ".data-test", "owner-session.json");
