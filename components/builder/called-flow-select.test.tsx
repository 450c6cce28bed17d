// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { CalledFlowSelect } from "./called-flow-select.tsx";

vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);
afterEach(cleanup);

const flow = (id: string, name: string, callable: boolean) => ({ id, name, callable });
const TELL = "0198c0de-0000-7000-8000-000000000001";
const OTHER = "0198c0de-0000-7000-8000-000000000002";

function show(flows: object[] | null, value?: string) {
  const answer = flows
    ? Response.json({ flows })
    : Response.json({ error: { code: "unavailable" } }, { status: 503 });
  vi.stubGlobal("fetch", async () => answer.clone());
  const onChange = vi.fn();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  render(
    <QueryClientProvider client={client}>
      <MantineProvider env="test">
        <CalledFlowSelect value={value} onChange={onChange} />
      </MantineProvider>
    </QueryClientProvider>,
  );
  return onChange;
}

test("offers the flows that can be called, and no others", async () => {
  const onChange = show([flow(TELL, "Tell IT", true), flow(OTHER, "Welcome", false)]);
  fireEvent.click(await screen.findByPlaceholderText("Choose a flow"));
  fireEvent.click(await screen.findByRole("option", { name: "Tell IT", hidden: true }));
  expect(onChange).toHaveBeenCalledWith(TELL);
  expect(screen.queryByRole("option", { name: "Welcome", hidden: true })).toBeNull();
});

test("says how to get one where there is none", async () => {
  show([]);
  expect(await screen.findByText(/starts with the event card “Card Failed”/)).toBeTruthy();
});

test.each([
  [[flow(TELL, "Tell IT", false)], /nothing would be called/],
  [[], /not there any more/],
  [null, /could not be loaded/],
])("says what is wrong with the one chosen", async (flows, words) => {
  show(flows, TELL);
  expect(await screen.findByText(words)).toBeTruthy();
});
