"use client";

import { useQuery } from "@tanstack/react-query";
import { type AnswerOf, call, queryKey } from "#lib/api/client.ts";
import { getSandbox } from "#lib/api/sandbox.ts";

export type Sandbox = AnswerOf<typeof getSandbox>;
export type Person = Sandbox["people"][number];
export type OrgGroup = Sandbox["groups"][number];
export type OrgApp = Sandbox["apps"][number];
export type Rule = Sandbox["rules"][number];

const EVERY_MS = 4_000;

/** The state of the sandbox org, kept fresh: flows change it too. */
export function useSandbox() {
  return useQuery({
    queryKey: queryKey(getSandbox),
    queryFn: ({ signal }) => call(getSandbox, { signal }),
    refetchInterval: EVERY_MS,
  });
}
