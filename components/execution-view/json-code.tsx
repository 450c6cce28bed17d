"use client";

import { LongText } from "./long-text.tsx";
import classes from "./value-tree.module.css";

const SHOWN = 4_000;

/** Text as a machine wrote it, scrolling in a box of its own. */
export function JsonCode({ text, label }: { text: string; label: string }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
    <section className={classes.code} aria-label={label} tabIndex={0}>
      <pre>
        <LongText text={text} limit={SHOWN} />
      </pre>
    </section>
  );
}
