"use client";

import { Alert, TextInput } from "@mantine/core";
import { useState } from "react";
import { messageOf } from "#components/feedback/error-state.tsx";
import { ApiError } from "#lib/api/client.ts";
import { aliasFrom } from "./alias-from.ts";
import { type Existing, sameOrg } from "./same-org.ts";

/** What every way of connecting an org asks for: its domain, and what it is to be called here. */
export interface OrgInput {
  orgUrl: string;
  name: string;
  alias: string;
}

/**
 * State of `DomainField` and `NameField`.
 *
 * @param existing connections there are: their aliases are taken
 * @param start what was filled in before
 */
export function useOrgInput(existing: Existing[], start?: Pick<OrgInput, "orgUrl" | "name">) {
  const [orgUrl, setOrgUrl] = useState(start?.orgUrl ?? "");
  const [name, setName] = useState(start?.name);
  const taken = existing.map(({ alias }) => alias);
  const alias = aliasFrom(orgUrl, taken);
  const shownName = name ?? orgUrl.replace(/^https?:\/\//, "").split("/")[0] ?? "";
  const input: OrgInput = { orgUrl, alias, name: shownName || alias };
  return { input, shownName, setOrgUrl, setName, others: sameOrg(orgUrl, existing) };
}

type State = ReturnType<typeof useOrgInput>;

/** Where the org is. */
export function DomainField({ state, error }: { state: State; error: unknown }) {
  return (
    <>
      <TextInput
        label="Okta domain"
        placeholder="acme.okta.com"
        data-autofocus
        required
        value={state.input.orgUrl}
        onChange={(event) => state.setOrgUrl(event.currentTarget.value)}
        error={problemOf(error, "orgUrl")}
      />
      {state.others.length > 0 ? (
        <Alert color="orange" role="status">
          This org is connected already: {state.others.map(({ name }) => name).join(", ")}. Another connection
          registers an event hook of its own there, of the 25 Okta allows, and does not see what the other
          uses of the rate limits. Flows can use the one there is.
        </Alert>
      ) : null}
    </>
  );
}

/** What it is called here. */
export function NameField({ state, error }: { state: State; error: unknown }) {
  return (
    <TextInput
      label="Name"
      description={`Flows will call it "${state.input.alias}".`}
      value={state.shownName}
      onChange={(event) => state.setName(event.currentTarget.value)}
      error={problemOf(error, "name") ?? problemOf(error, "alias")}
    />
  );
}

/**
 * Why the org was not connected, where no field is to blame. Stands by the buttons: a notification would cover them, and
 * the top of a long dialog is out of sight by then.
 */
export function ConnectProblem({ error }: { error: unknown }) {
  if (!error || (error instanceof ApiError && error.body.problems?.length)) return null;
  return (
    <Alert color="red" title={messageOf(error)} role="alert">
      {error instanceof ApiError ? error.body.hint : null}
    </Alert>
  );
}

/** What the API said about one field. */
export function problemOf(error: unknown, field: string): string | undefined {
  const problems = error instanceof ApiError ? (error.body.problems ?? []) : [];
  return problems.find(({ path }) => path === `body.${field}`)?.message;
}
