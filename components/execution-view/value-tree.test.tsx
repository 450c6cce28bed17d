// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import { field } from "#lib/cards/field.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { ValueTree } from "./value-tree.tsx";

afterEach(cleanup);

const fields = {
  login: field.text({ label: "Username" }),
  profile: field.object({
    label: "Profile",
    fields: { manager: field.object({ label: "Manager", fields: { id: field.text({ label: "ID" }) } }) },
  }),
  groups: field.textList({ label: "Groups" }),
};

function show(values: JsonObject) {
  render(
    <MantineProvider>
      <ValueTree values={values} fields={fields} />
    </MantineProvider>,
  );
}

it("shows values by their labels, declared ones first, and keys nobody declared as they are", () => {
  show({ costCenter: "42", login: "ann@acme.example", active: false, none: null });
  const entries = screen.getAllByRole("listitem").map((entry) => entry.textContent);
  expect(entries).toEqual(["Usernameann@acme.example", "costCenter42", "activeFalse", "noneempty"]);
});

it("opens the first level and folds what lies deeper", () => {
  show({ profile: { manager: { id: "00u1" } } });
  const manager = screen.getByRole("button", { name: /Manager/ });
  expect(manager.getAttribute("aria-expanded")).toBe("false");
  expect(screen.queryByText("00u1")).toBeNull();
  fireEvent.click(manager);
  expect(screen.getByText("00u1")).toBeTruthy();
});

it("cuts long texts and long lists, and shows all on request", () => {
  show({ login: "x".repeat(1_000), groups: Array.from({ length: 60 }, (_, index) => `group ${index}`) });
  expect(screen.queryByText(/x{1000}/)).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Show all 1,000 characters" }));
  expect(screen.getByText(/x{1000}/)).toBeTruthy();
  expect(screen.queryByText("group 59")).toBeNull();
  fireEvent.click(screen.getByRole("button", { name: "Show 10 more" }));
  expect(screen.getByText("group 59")).toBeTruthy();
});

it("never takes a name of every object for a declared field", () => {
  show({ toString: "mine" });
  expect(screen.getByRole("listitem").textContent).toBe("toStringmine");
});
