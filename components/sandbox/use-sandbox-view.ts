"use client";

import { useSearchParams } from "next/navigation";
import { useCallback, useMemo } from "react";
import { readView, type SandboxView, type Tab, writeView } from "./sandbox-view.ts";

export type ChangeView = (changes: Partial<SandboxView>, how?: "push" | "replace") => void;

/** What the page shows, from its address, and ways to change it. Letters typed one after another are `replace`d. */
export function useSandboxView(): { view: SandboxView; change: ChangeView; open: (tab: Tab) => void } {
  const key = useSearchParams().toString();
  const view = useMemo(() => readView(new URLSearchParams(key)), [key]);
  const change = useCallback<ChangeView>((changes, how = "push") => {
    // From the address of this moment: two changes in one tick must not undo each other.
    go({ ...readView(new URLSearchParams(window.location.search)), ...changes }, how);
  }, []);
  const open = useCallback((tab: Tab) => go({ tab, text: "" }, "push"), []);
  return { view, change, open };
}

function go(view: SandboxView, how: "push" | "replace"): void {
  const query = writeView(view);
  if (`?${query}` === (window.location.search || "?")) return;
  const href = query ? `?${query}` : window.location.pathname;
  if (how === "push") window.history.pushState(null, "", href);
  else window.history.replaceState(null, "", href);
}
