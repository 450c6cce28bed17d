// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { MeProvider } from "#components/accounts/may.tsx";
import type { Permission } from "#lib/api/endpoint.ts";
import type { Me } from "#lib/api/settings.ts";
import { PickedName } from "./picked-name.tsx";

const asked: string[] = [];

/** The name of a group, seen by an account with these rights, while its connection is in this state. */
function show(permissions: Permission[], status: "connected" | "broken") {
  const me: Me = { name: "Ann", email: "ann@example.com", role: "admin", permissions };
  vi.stubGlobal("fetch", async (path: string) => {
    asked.push(path);
    if (path.startsWith("/api/me")) return Response.json(me);
    if (path === "/api/connections") return Response.json({ connections: [{ alias: "sandbox", status }] });
    return Response.json({ choices: [{ value: "00g1", label: "Engineering" }] });
  });
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const name = (value: string) => (
    <QueryClientProvider client={client}>
      <MeProvider me={me}>
        <PickedName source={{ alias: "sandbox", loaderId: "okta.groups" }} value={value} />
      </MeProvider>
    </QueryClientProvider>
  );
  const { rerender } = render(name("00g1"));
  return { become: (value: string) => rerender(name(value)) };
}

afterEach(() => {
  cleanup();
  asked.length = 0;
  vi.unstubAllGlobals();
});

const choices = () => asked.filter((path) => path.includes("/choices/"));

test("an id is replaced by the name the org knows it by", async () => {
  show(["executions.run", "connections.read"], "connected");
  expect(screen.getByText("00g1")).toBeTruthy();
  expect(await screen.findByText("Engineering")).toBeTruthy();
  expect(choices()).toHaveLength(1);
});

test("nothing is asked for an account that may only look", async () => {
  show(["connections.read"], "connected");
  await vi.waitFor(() => expect(asked.every((path) => path.startsWith("/api/me"))).toBe(true), 20_000);
  expect(screen.getByText("00g1")).toBeTruthy();
  expect(choices()).toEqual([]);
});

test("nothing is asked of a connection that is broken", async () => {
  show(["executions.run", "connections.read"], "broken");
  await vi.waitFor(() => expect(asked).toContain("/api/connections"), 20_000);
  expect(await screen.findByText("00g1")).toBeTruthy();
  expect(choices()).toEqual([]);
});

test("what is being typed is asked for once it rests", async () => {
  const { become } = show(["executions.run", "connections.read"], "connected");
  await screen.findByText("Engineering");
  for (const typed of ["E", "En", "Eng"]) become(typed);
  expect(screen.getByText("Eng")).toBeTruthy();
  expect(choices()).toHaveLength(1);
  await vi.waitFor(() => expect(choices()).toHaveLength(2), 5_000);
  expect(choices()[1]).toContain("value=Eng");
});
