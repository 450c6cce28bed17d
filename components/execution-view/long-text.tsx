"use client";

import { UnstyledButton } from "@mantine/core";
import { useState } from "react";
import { SHOWN_CHARACTERS } from "./value-text.ts";
import classes from "./value-tree.module.css";

/** A text, cut where it is very long, with a way to see the rest. */
export function LongText({ text, limit = SHOWN_CHARACTERS }: { text: string; limit?: number }) {
  const [all, setAll] = useState(false);
  if (text.length <= limit) return <>{text}</>;
  return (
    <>
      {all ? text : `${text.slice(0, limit)}…`}{" "}
      <UnstyledButton className={classes.more} onClick={() => setAll(!all)} aria-expanded={all}>
        {all ? "Show less" : `Show all ${text.length.toLocaleString("en")} characters`}
      </UnstyledButton>
    </>
  );
}
