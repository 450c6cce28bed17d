import type { ReactNode } from "react";
import classes from "./tag.module.css";

export type Tone = "neutral" | "good" | "warning" | "bad" | "info";

/** A short word about a thing: its state or kind. Colours keep 4.5:1 on their ground in both schemes. */
export function Tag({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes.tag} data-tone={tone}>
      {children}
    </span>
  );
}
