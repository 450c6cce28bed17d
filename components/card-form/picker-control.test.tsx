// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { MeProvider } from "#components/accounts/may.tsx";
import type { Fields } from "#lib/cards/field.ts";
import type { Value } from "#lib/flow/value.ts";
import { CardForm } from "./card-form.tsx";

class Seen {
  readonly #tell: (entries: { isIntersecting: boolean }[]) => void;
  constructor(tell: (entries: { isIntersecting: boolean }[]) => void) {
    this.#tell = tell;
  }
  observe() {
    this.#tell([{ isIntersecting: true }]);
  }
  unobserve() {}
  disconnect() {}
}
class Nothing {
  observe() {}
  unobserve() {}
  disconnect() {}
}

/** What the console answers: by the query of the request. */
let answer: (query: URLSearchParams) => { status?: number; body: unknown };
const asked: URLSearchParams[] = [];

beforeEach(() => {
  asked.length = 0;
  vi.stubGlobal("ResizeObserver", Nothing);
  vi.stubGlobal("IntersectionObserver", Seen);
  vi.stubGlobal("fetch", async (path: string) => {
    const query = new URL(path, "http://console").searchParams;
    asked.push(query);
    const { status = 200, body } = answer(query);
    return new Response(JSON.stringify(body), { status });
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const fields: Fields = {
  application: { type: "text", label: "Application" },
  instance: { type: "text", label: "Instance", picker: "okta.applications", pickerBy: "application" },
};

const ME = {
  name: "Ann",
  email: "ann@example.com",
  role: "admin" as const,
  permissions: ["executions.run" as const],
};

function show(initial: { [key: string]: Value } = {}) {
  function Host() {
    const [values, setValues] = useState(initial);
    return (
      <QueryClientProvider client={new QueryClient()}>
        <MantineProvider env="test">
          <MeProvider me={ME}>
            <CardForm
              fields={fields}
              values={values}
              context={{
                nameOf: () => ({ card: "", labels: [] }),
                issues: [],
                connection: "sandbox",
                readOnly: false,
              }}
              onChange={(key, value) =>
                setValues(({ [key]: _, ...rest }) => (value ? { ...rest, [key]: value } : rest))
              }
            />
          </MeProvider>
        </MantineProvider>
      </QueryClientProvider>
    );
  }
  render(<Host />);
  return {
    application: screen.getByLabelText<HTMLTextAreaElement>("Application"),
    instance: screen.getByLabelText<HTMLInputElement>("Instance"),
  };
}

const choice = (at: number) => ({ value: `0oa${at}`, label: `App ${at}` });

test("pages are loaded until the end, and what is on two of them is listed once", async () => {
  answer = (query) =>
    query.get("cursor") === "second"
      ? { body: { choices: [choice(2), choice(3)] } }
      : { body: { choices: [choice(1), choice(2)], cursor: "second" } };
  fireEvent.focus(show().instance);
  await waitFor(() => expect(screen.getAllByRole("option")).toHaveLength(3));
  expect(asked).toHaveLength(2);
});

test("a failure is a line of the list that asks again", async () => {
  answer = () => ({ status: 502, body: { error: { code: "upstream-failed", message: "Okta is down." } } });
  fireEvent.focus(show().instance);
  const again = await screen.findByRole("option", { name: /Try again.*Okta is down\./ });
  answer = () => ({ body: { choices: [choice(1)] } });
  fireEvent.click(again);
  expect(await screen.findByRole("option", { name: "App 1" })).toBeTruthy();
});

test("an id shows the name behind it, and leaves with what it depends on", async () => {
  const name = { value: "0oa1", label: "Salesforce EU" };
  answer = (query) => {
    const fits = query.get("options") !== JSON.stringify({ application: "google" });
    if (query.has("value")) return { body: { choices: fits ? [name] : [] } };
    return { body: { choices: [choice(9)] } };
  };
  const form = show({ application: { value: "salesforce" }, instance: { value: "0oa1" } });
  expect(await screen.findByText("Salesforce EU")).toBeTruthy();
  fireEvent.change(form.application, { target: { value: "google" } });
  expect(
    await screen.findByText("“Salesforce EU” was taken out: it does not belong to “google”."),
  ).toBeTruthy();
  expect(form.instance.value).toBe("");
});

test("an id stays while nothing can be chosen for what is still being typed", async () => {
  answer = (query) => ({
    body: { choices: query.has("value") && query.get("options")?.includes("sales") ? [choice(1)] : [] },
  });
  const form = show({ application: { value: "salesforce" }, instance: { value: "0oa1" } });
  expect(await screen.findByText("App 1")).toBeTruthy();
  fireEvent.change(form.application, { target: { value: "goo" } });
  expect(await screen.findByText("“0oa1” was not found for “goo”.")).toBeTruthy();
  const before = asked.length;
  await waitFor(() => expect(asked.length).toBeGreaterThan(before));
  expect(form.instance.value).toBe("0oa1");
});

test("Enter takes the first match of what is typed", async () => {
  const quarantine = { value: "00g1", label: "Quarantine" };
  answer = (query) => ({ body: { choices: query.get("search") === "Quar" ? [quarantine] : [] } });
  const { instance } = show({ application: { value: "salesforce" } });
  fireEvent.focus(instance);
  fireEvent.change(instance, { target: { value: "Quar" } });
  const option = await screen.findByRole("option", { name: "Quarantine" });
  await waitFor(() => expect(option.hasAttribute("data-combobox-selected")).toBe(true));
  fireEvent.keyDown(instance, { key: "Enter", code: "Enter" });
  expect(instance.value).toBe("00g1");
});

test("what is none of the list stays, and is told apart", async () => {
  answer = () => ({ body: { choices: [] } });
  const { instance } = show();
  fireEvent.focus(instance);
  fireEvent.change(instance, { target: { value: "Quar" } });
  fireEvent.blur(instance);
  expect(await screen.findByText("Not one of the list: taken as an ID.")).toBeTruthy();
  expect(instance.value).toBe("Quar");
});
