// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { OAuthFacts } from "#lib/api/oauth.ts";
import { ScopeChoice, useScopes } from "./scope-choice.tsx";

vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);
afterEach(cleanup);

const facts: OAuthFacts = {
  redirectUri: "http://localhost:3000/oauth/callback",
  baseScopes: [{ scope: "okta.logs.read", why: "reads the System Log" }],
  suggestedScopes: [{ scope: "okta.users.read", why: "people to choose from" }],
  knownScopes: ["okta.apps.manage", "okta.logs.read", "okta.users.read"],
};

it("asks for what is needed with its reason, and for what is suggested until it is taken out", () => {
  const seen: string[][] = [];
  function Form() {
    const { chosen, choose } = useScopes(facts);
    seen.push(chosen);
    return <ScopeChoice facts={facts} chosen={chosen} onChange={choose} />;
  }
  render(
    <MantineProvider env="test">
      <Form />
    </MantineProvider>,
  );
  expect(screen.getByText("okta.logs.read").closest("li")?.textContent).toBe(
    "okta.logs.read reads the System Log",
  );
  expect(screen.getByText(/easier: people to choose from/)).toBeDefined();
  expect(seen.at(-1)).toEqual(["okta.users.read"]);
  fireEvent.keyDown(screen.getByRole("combobox", { name: "Also ask for" }), { key: "Backspace" });
  expect(seen.at(-1)).toEqual([]);
});
