// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { useState } from "react";
import { afterEach, expect, test, vi } from "vitest";
import type { Fields } from "#lib/cards/field.ts";
import type { Value } from "#lib/flow/value.ts";
import { CardForm } from "./card-form.tsx";
import type { FormContext } from "./form-context.ts";

vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);
afterEach(cleanup);

const fields: Fields = {
  name: { type: "text", label: "Name", required: true },
  count: { type: "number", label: "Count" },
  active: { type: "boolean", label: "Active", emptyMeans: "left alone" },
  since: { type: "datetime", label: "Since" },
  mood: { type: "text", label: "Mood", choices: [{ value: "good", label: "Good" }] },
  nickname: { type: "text", label: "Nickname", clearable: true },
  headers: { type: "object", label: "Headers", entries: true },
  password: { type: "text", label: "Password", secret: true },
  tags: { type: "text", list: true, label: "Tags" },
};
const context: FormContext = {
  sources: [{ id: "c1", title: "Joined", outputs: { id: { type: "text", label: "ID" } } }],
  nameOf: ([, ...labels]) => ({ card: "Joined", labels }),
  issues: [
    { severity: "error", code: "missing-input", message: "Name is needed.", card: "c2", field: ["name"] },
  ],
  readOnly: false,
};

function show(initial: { [key: string]: Value } = {}) {
  const seen: { [key: string]: Value | null } = {};
  function Host() {
    const [values, setValues] = useState(initial);
    return (
      <MantineProvider>
        <CardForm
          fields={fields}
          values={values}
          context={context}
          onChange={(key, value) => {
            seen[key] = value;
            const { [key]: _, ...rest } = values;
            setValues(value ? { ...rest, [key]: value } : rest);
          }}
        />
      </MantineProvider>
    );
  }
  render(<Host />);
  return seen;
}

test("typing fills a field, emptying it means not given", () => {
  const seen = show();
  fireEvent.change(screen.getByLabelText("Name"), { target: { value: "Ann" } });
  expect(seen.name).toEqual({ value: "Ann" });
  fireEvent.change(screen.getByLabelText("Name"), { target: { value: "" } });
  expect(seen.name).toBeNull();
});

test("an issue stands under its field and describes it", () => {
  show();
  const input = screen.getByLabelText("Name");
  expect(input.getAttribute("aria-invalid")).toBe("true");
  const described = input.getAttribute("aria-describedby") ?? "";
  expect(document.getElementById(described)?.textContent).toBe("Name is needed.");
});

test("numbers are numbers once they read as one", () => {
  const seen = show();
  fireEvent.change(screen.getByLabelText("Count"), { target: { value: "12" } });
  expect(seen.count).toEqual({ value: 12 });
  fireEvent.change(screen.getByLabelText("Count"), { target: { value: "1." } });
  expect(seen.count).toEqual({ value: "1." });
});

test("true/false has a third state, and says what leaving it does", () => {
  const seen = show();
  expect(screen.getByText("Left empty: left alone")).toBeTruthy();
  fireEvent.click(screen.getByLabelText("False"));
  expect(seen.active).toEqual({ value: false });
  fireEvent.click(screen.getByLabelText("Not set"));
  expect(seen.active).toBeNull();
});

test.each(["name", "count", "active", "since", "mood", "password"])(
  "%s takes words around a field of an earlier card",
  (key) => {
    const label = fields[key]?.label;
    const seen = show({ [key]: { ref: ["c1", "id"] } });
    fireEvent.change(screen.getByLabelText(`${label}, text 2`), { target: { value: "0" } });
    expect(seen[key]).toEqual({ text: [{ ref: ["c1", "id"] }, "0"] });
    fireEvent.change(screen.getByLabelText(`${label}, text 1`), { target: { value: "1" } });
    expect(seen[key]).toEqual({ text: ["1", { ref: ["c1", "id"] }, "0"] });
    fireEvent.click(screen.getByLabelText("Remove Joined · id"));
    expect(seen[key]).toEqual({ value: "10" });
  },
);

test("a reference written out in a number becomes one", () => {
  const seen = show();
  fireEvent.change(screen.getByLabelText("Count"), { target: { value: "1{{c1.id}}" } });
  expect(seen.count).toEqual({ text: ["1", { ref: ["c1", "id"] }] });
});

test("words that are neither true nor false, or no time, are shown and not hidden", () => {
  show({ active: { value: "perhaps" }, since: { value: "soon" } });
  expect(screen.getByLabelText("Active")).toHaveProperty("value", "perhaps");
  expect(screen.getByLabelText("Since")).toHaveProperty("value", "soon");
});

test("a field left empty can be emptied on purpose, and left alone again", () => {
  const seen = show();
  fireEvent.click(screen.getByLabelText("Clear Nickname"));
  expect(seen.nickname).toEqual({ value: null });
  expect(screen.getByText("Will be cleared")).toBeTruthy();
  fireEvent.click(screen.getByLabelText("Leave Nickname alone"));
  expect(seen.nickname).toBeNull();
  expect(screen.getByLabelText("Nickname")).toHaveProperty("value", "");
  expect(screen.queryByLabelText("Clear Name")).toBeNull();
});

test("names and values are added, filled and removed one by one", () => {
  const seen = show();
  const name = screen.getByLabelText("Name to add to Headers");
  fireEvent.change(name, { target: { value: "Accept-Language" } });
  fireEvent.keyDown(name, { key: "Enter" });
  expect(seen.headers).toEqual({ object: { "Accept-Language": { value: "" } } });
  fireEvent.change(screen.getByLabelText("Accept-Language"), { target: { value: "de" } });
  expect(seen.headers).toEqual({ object: { "Accept-Language": { value: "de" } } });
  fireEvent.change(name, { target: { value: "Accept-Language" } });
  expect(screen.getByText("“Accept-Language” is there already.")).toBeTruthy();
  fireEvent.click(screen.getByLabelText("Remove Accept-Language"));
  expect(seen.headers).toBeNull();
});

test("a mapped field shows card and field, and can be cleared", () => {
  const seen = show({ count: { ref: ["c1", "id"] } });
  fireEvent.click(screen.getByLabelText("Remove Joined · id"));
  expect(seen.count).toBeNull();
});

test("list items are added and removed one by one", () => {
  const seen = show({ tags: { list: [{ value: "a" }] } });
  fireEvent.click(screen.getByText("Add item to Tags"));
  expect(seen.tags).toEqual({ list: [{ value: "a" }, { value: "" }] });
  fireEvent.click(screen.getByLabelText("Remove Tags 1"));
  expect(seen.tags).toEqual({ list: [{ value: "" }] });
});

test("an object of many fields can be searched, by label and by name", () => {
  const names = Array.from({ length: 20 }, (_, at) => `attribute${at + 1}`);
  const profile: Fields = {
    profile: {
      type: "object",
      label: "Profile",
      fields: {
        ...Object.fromEntries(names.map((name) => [name, { type: "text" as const, label: name }])),
        zipCode: { type: "text", label: "Postal code" },
      },
    },
  };
  render(
    <MantineProvider>
      <CardForm fields={profile} values={{}} context={context} onChange={() => {}} />
    </MantineProvider>,
  );
  const search = screen.getByRole("searchbox", { name: "Find a field of Profile" });
  const shown = () => screen.queryAllByRole("textbox").map((control) => control.getAttribute("aria-label"));
  expect(shown()).toHaveLength(6);
  for (const words of ["postal", "ZIPC"]) {
    fireEvent.change(search, { target: { value: words } });
    expect(shown()).toEqual(["Postal code"]);
  }
  fireEvent.change(search, { target: { value: "nothing of the kind" } });
  expect(screen.getByText("No field of Profile is called that.")).toBeTruthy();
  fireEvent.change(search, { target: { value: "" } });
  expect(shown()).toHaveLength(6);
});
