// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { PeopleSearch } from "./people-search.tsx";
import type { Person } from "./run-draft.ts";

const sent: unknown[] = [];
const people = (from: number, count: number): Person[] =>
  Array.from({ length: count }, (_, index) => {
    const id = `00u${from + index}`;
    return { id, name: `Person ${from + index}`, login: `${id}@example.com`, status: "ACTIVE" };
  });

beforeEach(() => {
  sent.length = 0;
  vi.stubGlobal("fetch", async (_path: string, init: RequestInit) => {
    const body = JSON.parse(String(init.body));
    sent.push(body);
    return Response.json(
      body.after === "x" ? { people: people(3, 2), next: null } : { people: people(0, 3), next: "x" },
    );
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

function Searching() {
  const [found, setFound] = useState<readonly Person[]>([]);
  return <PeopleSearch connection="okta" found={found} onFound={setFound} />;
}

function show() {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <Searching />
      </MantineProvider>
    </QueryClientProvider>,
  );
  fireEvent.change(screen.getByLabelText("Name, login or email begins with"), { target: { value: "p" } });
  fireEvent.click(screen.getByRole("button", { name: "Find all matching users" }));
}

test("goes through a search of more people than a run takes, a portion at a time", async () => {
  show();
  expect(await screen.findByText(/These are number 1 to 3/)).toBeTruthy();
  fireEvent.click(screen.getByRole("button", { name: "Find the next 10,000" }));
  expect(await screen.findByText(/These are number 4 to 5, the last that match/)).toBeTruthy();
  expect(screen.queryByRole("button", { name: /Find the next/ })).toBeNull();
  expect(sent).toEqual([
    { connection: "okta", text: "p" },
    { connection: "okta", text: "p", after: "x" },
  ]);
});

test("begins anew with another search", async () => {
  show();
  await screen.findByText(/These are number 1 to 3/);
  fireEvent.change(screen.getByLabelText("Name, login or email begins with"), { target: { value: "pe" } });
  expect(screen.queryByRole("button", { name: /Find the next/ })).toBeNull();
  expect(screen.queryByText(/These are number/)).toBeNull();
});
