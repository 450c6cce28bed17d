"use client";

import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext } from "react";
import { call, queryKey } from "#lib/api/client.ts";
import type { Permission } from "#lib/api/endpoint.ts";
import { getMe, type Me } from "#lib/api/settings.ts";

const MeContext = createContext<Me | undefined>(undefined);

/** A role changes seldom; what is refused meanwhile asks again at once (see providers.tsx). */
const FRESH_MS = 60_000;

/**
 * Who is signed in, for everything inside. @param props.me as the server knew it when it made the page, so that nothing
 * is shown first and taken away again
 */
export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  const { data } = useQuery({
    queryKey: queryKey(getMe),
    queryFn: ({ signal }) => call(getMe, { signal }),
    initialData: me,
    staleTime: FRESH_MS,
  });
  return <MeContext value={data}>{children}</MeContext>;
}

/** Who is signed in; undefined outside of the console's pages. */
export function useMe(): Me | undefined {
  return useContext(MeContext);
}

/**
 * Whether the account may do what needs this right: the one place to ask before something is offered. The server
 * decides all the same.
 */
export function useMay(permission: Permission): boolean {
  return useMe()?.permissions.includes(permission) ?? false;
}

/** What is offered only to accounts that have this right. */
export function May({ permission, children }: { permission: Permission; children: ReactNode }) {
  return useMay(permission) ? children : null;
}

/** Said where something is shown and can't be used. */
export const ONLY_LOOKING = "Your account may only look.";
