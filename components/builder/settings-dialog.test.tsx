// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import type { FlowSettings } from "#lib/flow/settings.ts";
import { SettingsForm } from "./settings-dialog.tsx";

vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);
afterEach(cleanup);

function show(settings: FlowSettings) {
  const onSave = vi.fn();
  render(
    <MantineProvider env="test">
      <SettingsForm settings={settings} onSave={onSave} onCancel={() => {}} />
    </MantineProvider>,
  );
  return onSave;
}
const fill = (label: string, value: string) =>
  fireEvent.change(screen.getByRole("textbox", { name: label }), { target: { value } });
const save = () => fireEvent.click(screen.getByRole("button", { name: "Save settings" }));

test("what is not set stays unset and names its default", () => {
  const onSave = show({});
  expect(screen.getByPlaceholderText("30")).toBeDefined();
  save();
  expect(onSave).toHaveBeenCalledWith({});
});

test("numbers and choices are set, and cleared again", () => {
  const onSave = show({ writesPerExecution: 2, keepDays: 9, keep: "never" });
  fill("Writes in one execution before approval", "");
  fill("Writes in an hour before approval", "250");
  fireEvent.click(screen.getByRole("combobox", { name: "Inputs and outputs kept" }));
  fireEvent.click(screen.getByRole("option", { name: "Only of executions that failed" }));
  save();
  expect(onSave).toHaveBeenCalledWith({ writesPerHour: 250, keepDays: 9, keep: "on-failure" });
});

test("how many run at once, and in which order, are set and cleared", () => {
  const onSave = show({ concurrency: 2, order: "per-user" });
  fill("Executions at the same time", "");
  fireEvent.click(screen.getByRole("combobox", { name: "Order" }));
  fireEvent.click(screen.getByRole("option", { name: "As events arrive" }));
  save();
  expect(onSave).toHaveBeenCalledWith({});
  fill("Executions at the same time", "1");
  fireEvent.click(screen.getByRole("combobox", { name: "Order" }));
  fireEvent.click(screen.getByRole("option", { name: "One after the other for each person" }));
  save();
  expect(onSave).toHaveBeenLastCalledWith({ concurrency: 1, order: "per-user" });
});

test("the largest outputs of a step name their default, and are set and cleared", () => {
  const onSave = show({ largestOutputs: 500 });
  fill("Largest outputs of a step (KB)", "");
  expect(screen.getByPlaceholderText("10,000")).toBeDefined();
  save();
  expect(onSave).toHaveBeenCalledWith({});
  fill("Largest outputs of a step (KB)", "250");
  save();
  expect(onSave).toHaveBeenLastCalledWith({ largestOutputs: 250 });
});

test.each([
  ["Largest outputs of a step (KB)", "10001", "A whole number from 1 to 10,000, or nothing."],
  ["Days kept", "0", "A whole number from 1 to 3,650, or nothing."],
  [
    "Writes in an hour before approval",
    "12345678901234567890",
    "A whole number from 1 to 1,000,000, or nothing.",
  ],
  ["Executions at the same time", "-5", "A whole number from 1 to 1,000, or nothing."],
])("%s: %s is kept, not saved, and says why", (label, typed, problem) => {
  const onSave = show({});
  fill(label, typed);
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: label }).value).toBe(typed);
  expect(screen.getByText(problem)).toBeDefined();
  save();
  expect(onSave).not.toHaveBeenCalled();
  expect(screen.getByRole("alert").textContent).toContain(label);
});

test("the order is told as it is chosen", () => {
  show({});
  expect(screen.getByText(/can be done before an older one/)).toBeDefined();
  fireEvent.click(screen.getByRole("combobox", { name: "Order" }));
  fireEvent.click(screen.getByRole("option", { name: "One after the other for each person" }));
  expect(screen.getByText(/never overtaken by a younger one/)).toBeDefined();
});
