import { afterAll, beforeAll, expect, it } from "vitest";
import { type Sandbox, startSandbox } from "../server.ts";
import { clientOf, linkOf, type Send } from "../test-client.ts";

let sandbox: Sandbox;
let send: Send;
const started = Date.now();

beforeAll(async () => {
  sandbox = await startSandbox();
  send = clientOf(sandbox);
  const [finance, managers] = ["Finance", "Managers"].map((name) => sandbox.org.groups.byName(name)?.id);
  for (const app of ["Zoom", "Slack", "Salesforce"])
    for (const group of [finance, managers]) await send("PUT", `/api/v1/apps/${appId(app)}/groups/${group}`);
});
afterAll(() => sandbox.close());

const appId = (label: string) => [...sandbox.org.apps.values()].find((app) => app.label === label)?.id ?? "";
const groupId = (name: string) => sandbox.org.groups.byName(name)?.id ?? "";

/** What identifies an item of any list. */
const keyOf = (item: Record<string, unknown>) => item.id ?? item.uuid;

async function walk(path: string, limit: number): Promise<{ keys: unknown[]; longest: number }> {
  const keys: unknown[] = [];
  let longest = 0;
  const start = `${path}${path.includes("?") ? "&" : "?"}limit=${limit}`;
  for (let next: string | null = encodeURI(start); next !== null; ) {
    const { list, headers, status } = await send("GET", next);
    expect(status).toBe(200);
    keys.push(...list.map(keyOf));
    longest = Math.max(longest, list.length);
    next = linkOf(headers, "next");
  }
  return { keys, longest };
}

it.each<[string, () => string]>([
  ["users", () => "/api/v1/users"],
  ["users by filter", () => '/api/v1/users?filter=status eq "ACTIVE"'],
  ["users by search", () => '/api/v1/users?search=profile.city sw "L"'],
  ["users, sorted", () => "/api/v1/users?search=status pr&sortBy=profile.department&sortOrder=desc"],
  ["groups", () => "/api/v1/groups"],
  ["groups, sorted", () => "/api/v1/groups?search=type pr&sortBy=profile.name"],
  ["members of a group", () => `/api/v1/groups/${groupId("Managers")}/users`],
  ["applications of a group", () => `/api/v1/groups/${groupId("Finance")}/apps`],
  ["group rules", () => "/api/v1/groups/rules"],
  ["applications", () => "/api/v1/apps"],
  ["accounts of an application", () => `/api/v1/apps/${appId("Slack")}/users`],
  ["groups of an application", () => `/api/v1/apps/${appId("Zoom")}/groups`],
  ["the System Log", () => `/api/v1/logs?since=${iso(started - 1000)}&until=${iso(Date.now() + 1000)}`],
  ["the System Log, newest first", () => `/api/v1/logs?since=${iso(started - 1000)}&sortOrder=DESCENDING`],
])("pages %s by Link, each item once", async (_name, path) => {
  const whole = await walk(path(), 200);
  expect(whole.keys.length).toBeGreaterThan(1);
  const { keys, longest } = await walk(path(), 1);
  expect(keys).toEqual(whole.keys);
  expect(longest).toBe(1);
});

const iso = (ms: number) => new Date(ms).toISOString();
