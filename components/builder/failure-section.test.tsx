// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { OnError } from "#lib/flow/document.ts";
import { catalogue } from "#lib/registry.ts";
import { FailureSection } from "./failure-section.tsx";

beforeEach(() => {
  vi.stubGlobal(
    "ResizeObserver",
    class {
      observe() {}
      unobserve() {}
      disconnect() {}
    },
  );
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const card = "okta.users.suspend";

/** The section of a card, as its document holds it now. */
function show() {
  const description = catalogue.card(card);
  if (!description) throw new Error(`There is no card ${card}.`);
  const taken: (OnError | null)[] = [];
  const section = (onError?: OnError) => (
    <MantineProvider env="test">
      <FailureSection
        description={description}
        node={{ card, v: 1, onError }}
        readOnly={false}
        onChange={(next) => taken.push(next)}
      />
    </MantineProvider>
  );
  const { rerender } = render(section());
  const field = screen.getByRole<HTMLInputElement>("textbox", { name: "Seconds between tries" });
  return {
    taken,
    field,
    type: (value: string) => fireEvent.change(field, { target: { value } }),
    stored: (onError?: OnError) => rerender(section(onError)),
  };
}

test("seconds between tries are taken as they are typed, and none when the field is emptied", () => {
  const { taken, field, type, stored } = show();
  type("30");
  stored({ delaySeconds: 30 });
  expect(field.value).toBe("30");
  type("");
  expect(taken).toEqual([{ delaySeconds: 30 }, null]);
});

test.each(["-5", "1e9", "3601", "soon"])(
  "%s is no number of seconds: it is said, and nothing changes",
  (typed) => {
    const { taken, field, type } = show();
    type(typed);
    expect(field.value).toBe(typed);
    expect(screen.getByText("A whole number from 1 to 3,600, or nothing.")).toBeTruthy();
    expect(taken).toEqual([]);
  },
);

test("what is undone elsewhere is undone in the field", () => {
  const { field, type, stored } = show();
  type("30");
  stored({ delaySeconds: 30 });
  stored();
  expect(field.value).toBe("");
});
