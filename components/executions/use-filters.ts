"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { type ExecutionFilters, readFilters, writeFilters } from "./execution-filters.ts";

/**
 * The filters in the page's address, and a way to change them. Each change is a place the back button goes to, but for
 * `replace`: letters typed one after another are not.
 */
export function useFilters() {
  const address = useSearchParams();
  const key = address.toString();
  const filters = useMemo(() => readFilters(new URLSearchParams(key)), [key]);
  const change = useCallback((changes: Partial<ExecutionFilters>, how: "push" | "replace" = "push") => {
    // From the address of this moment: two changes in one tick must not undo each other.
    const before = readFilters(new URLSearchParams(window.location.search));
    const query = writeFilters({ ...before, ...changes });
    const href = query ? `?${query}` : window.location.pathname;
    if (`?${query}` === (window.location.search || "?")) return;
    if (how === "push") window.history.pushState(null, "", href);
    else window.history.replaceState(null, "", href);
  }, []);
  return { filters, change };
}
