// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen, within } from "@testing-library/react";
import { afterEach, expect, test } from "vitest";
import { FaultsTab } from "./faults-tab.tsx";

afterEach(cleanup);

test("a fault with an amount that is no number can't be switched on, and says why", () => {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <MantineProvider env="test">
        <FaultsTab faults={[]} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  const field = screen.getAllByRole<HTMLInputElement>("textbox").find((each) => /^\d+$/.test(each.value));
  const card = field?.closest("section");
  if (!field || !card) throw new Error("No fault takes an amount.");
  const toggle = within(card).getByRole("switch");
  expect(toggle).toHaveProperty("disabled", false);
  fireEvent.change(field, { target: { value: "abc-1" } });
  expect(field.value).toBe("abc-1");
  expect(within(card).getByText(/^A whole number from 0 to/)).toBeDefined();
  expect(toggle).toHaveProperty("disabled", true);
});
