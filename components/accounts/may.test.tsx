// @vitest-environment happy-dom
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, cleanup, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { queryKey } from "#lib/api/client.ts";
import { getMe, type Me } from "#lib/api/settings.ts";
import { May, MeProvider, useMe } from "./may.tsx";

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const viewer: Me = {
  name: "Vi",
  email: "vi@example.com",
  role: "viewer",
  permissions: ["flows.read", "executions.read", "connections.read"],
};

function Offered() {
  return (
    <>
      <p>{useMe()?.role ?? "nobody"}</p>
      <May permission="flows.read">look</May>
      <May permission="flows.write">write</May>
    </>
  );
}

test("what needs a right is offered to who has it", () => {
  const client = new QueryClient();
  const { container } = render(
    <QueryClientProvider client={client}>
      <MeProvider me={viewer}>
        <Offered />
      </MeProvider>
    </QueryClientProvider>,
  );
  expect(container.textContent).toBe("viewerlook");
});

test("nothing is offered to who is not known", () => {
  const { container } = render(<Offered />);
  expect(container.textContent).toBe("nobody");
});

test("a role that was changed shows once it is asked for again", async () => {
  const admin: Me = { ...viewer, role: "admin", permissions: [...viewer.permissions, "flows.write"] };
  vi.stubGlobal("fetch", async () => new Response(JSON.stringify(admin)));
  const client = new QueryClient();
  const { container } = render(
    <QueryClientProvider client={client}>
      <MeProvider me={viewer}>
        <Offered />
      </MeProvider>
    </QueryClientProvider>,
  );
  await act(() => client.invalidateQueries({ queryKey: queryKey(getMe) }));
  await screen.findByText("admin");
  expect(container.textContent).toBe("adminlookwrite");
});
