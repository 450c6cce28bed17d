"use client";

import { useCallback, useEffect, useState } from "react";

/**
 * The part of the address behind #, and a way to set it without a step for the back button: walking through twenty
 * cards must not take twenty times "back" to leave the page.
 */
export function useHash(): [string, (hash: string) => void] {
  const [hash, setHash] = useState("");
  useEffect(() => {
    const read = () => setHash(decoded(window.location.hash.slice(1)));
    read();
    window.addEventListener("hashchange", read);
    return () => window.removeEventListener("hashchange", read);
  }, []);
  const set = useCallback((next: string) => {
    setHash(next);
    const { pathname, search } = window.location;
    window.history.replaceState(null, "", `${pathname}${search}#${encodeURIComponent(next)}`);
  }, []);
  return [hash, set];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
