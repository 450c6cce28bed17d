"use client";

import { useEffect, useRef } from "react";

/**
 * The end of what a list shows so far. Once it comes near what is visible, `onNear` is called, once for each place in the
 * document: give it another `key` when the list has grown, for it may still be in sight.
 *
 * @param props.within "parent": the element around it scrolls; "page": the page does
 */
export function ListEnd({ onNear, within }: { onNear: () => void; within: "parent" | "page" }) {
  const mark = useRef<HTMLDivElement>(null);
  const near = useRef(onNear);
  useEffect(() => {
    near.current = onNear;
  });
  useEffect(() => {
    const end = mark.current;
    if (!end) return;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) near.current();
      },
      { root: within === "parent" ? end.parentElement : null, rootMargin: "300px" },
    );
    observer.observe(end);
    return () => observer.disconnect();
  }, [within]);
  return <div ref={mark} style={{ height: 1 }} aria-hidden="true" />;
}
