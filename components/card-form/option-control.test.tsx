// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { CardOption } from "#lib/cards/card.ts";
import { OptionControl } from "./option-control.tsx";

vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);
afterEach(cleanup);

const choices = Array.from({ length: 9 }, (_, index) => ({
  value: `user.event.${index}`,
  label: `Event ${index}`,
}));
const typed = { pattern: "[a-z]+(\\.[a-z]+)+", means: "through the log", hint: "type one in full" };
const listed: CardOption = { label: "Event", choices, default: "user.event.0" };

function show(option: CardOption, value = "user.event.0") {
  const onChange = vi.fn<(value: string) => void>();
  render(
    <MantineProvider env="test">
      <OptionControl option={option} value={value} readOnly={false} onChange={onChange} />
    </MantineProvider>,
  );
  const input = screen.getByRole("combobox", { name: "Event" });
  const type = (text: string) => {
    // A change of an input without the focus is taken for one the browser filled in.
    input.focus();
    fireEvent.click(input);
    fireEvent.change(input, { target: { value: text } });
  };
  return { onChange, input, type };
}

test("a text in the right form can be chosen though it is in no list, and says how it is taken", () => {
  const { onChange, type } = show({ ...listed, typed });
  type("policy.brand.new");
  fireEvent.click(screen.getByRole("option", { name: "policy.brand.new (through the log)" }));
  expect(onChange.mock.calls).toEqual([["policy.brand.new"]]);
});

test("one in another form is refused with the form there is", () => {
  const { type } = show({ ...listed, typed });
  type("policy brand new");
  expect(screen.queryByRole("option")).toBeNull();
  expect(screen.getByText("type one in full")).toBeDefined();
});

test("nothing is offered beside the choices where an option takes no other", () => {
  const { type } = show(listed);
  type("policy.brand.new");
  expect(screen.queryByRole("option")).toBeNull();
});

test("a typed value is shown as what it is", () => {
  const { input } = show({ ...listed, typed }, "policy.brand.new");
  expect(input).toHaveProperty("value", "policy.brand.new (through the log)");
});
