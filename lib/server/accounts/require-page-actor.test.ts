import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { requirePageActor } from "./require-page-actor.ts";
import { HOST, openTestConsole } from "./test-console.ts";

let requestHeaders = new Headers();
vi.mock("next/headers", () => ({ headers: async () => requestHeaders }));
vi.mock("next/navigation", () => ({
  redirect: (to: string) => {
    throw new Error(`redirect ${to}`);
  },
}));

let console_: Awaited<ReturnType<typeof openTestConsole>>;
beforeAll(async () => {
  console_ = await openTestConsole();
});
afterAll(() => console_.drop());

const visit = (path: string | undefined, more: Record<string, string> = {}) => {
  requestHeaders = new Headers({ host: HOST, ...(path ? { "x-flowdeck-path": path } : {}), ...more });
  return requirePageActor();
};

test("leads to setup, then to signing in and back, then lets in", async () => {
  await expect(visit("/flows")).rejects.toThrow(/^redirect \/setup$/);
  const cookie = await console_.setUp();
  await expect(visit("/flows/1?tab=a b")).rejects.toThrow(
    /^redirect \/sign-in\?next=%2Fflows%2F1%3Ftab%3Da%2520b$/,
  );
  await expect(visit("//evil.example/")).rejects.toThrow(/^redirect \/sign-in$/);
  await expect(visit(undefined)).rejects.toThrow(/^redirect \/sign-in$/);
  await expect(visit("/flows", { cookie: "flowdeck-session=wrong" })).rejects.toThrow("redirect /sign-in");
  // A token is for the API: a page opened with one could act in a browser that nobody signed in to.
  await expect(visit("/flows", { authorization: await console_.token() })).rejects.toThrow(
    "redirect /sign-in",
  );
  expect(await visit("/flows", { cookie })).toMatchObject({ kind: "user", name: "Ann Lee", role: "owner" });
});
