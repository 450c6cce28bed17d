"use client";

import { VisuallyHidden } from "@mantine/core";
import { useEffect, useState } from "react";
import { clockText } from "#components/ui/instant.tsx";
import type { ExecutionSummary } from "#lib/api/executions.ts";
import classes from "./backlog-line.module.css";
import { backlogText, isStuck } from "./backlog-text.ts";
import { useBacklog } from "./use-backlog.ts";

/** The numbers change every few seconds; read out each time, nothing else could be heard. */
const SAID_EVERY_MS = 30_000;

const clock = (at: string) => clockText(new Date(at), new Date());

/** How many executions wait, for what, and until when; nothing while none do. */
export function BacklogLine(props: { flowId: string | undefined; items: readonly ExecutionSummary[] }) {
  const waitingSeen = props.items.some(({ status }) => status === "queued" || status === "waiting");
  const backlog = useBacklog(props.flowId, waitingSeen);
  const text = backlog ? backlogText(backlog, clock) : "";
  const said = useRarely(text, backlog?.outlook.kind ?? "none");
  return (
    <>
      {/* Stands there from the start: what appears together with its text is not read out. */}
      <VisuallyHidden role="status">{said}</VisuallyHidden>
      {backlog ? (
        <div className={classes.line} data-stuck={isStuck(backlog.outlook) || undefined} aria-hidden="true">
          {text}
        </div>
      ) : null}
    </>
  );
}

/** A text that is renewed at most every `SAID_EVERY_MS`, but at once where its kind has become another. */
function useRarely(text: string, kind: string): string {
  const [said, setSaid] = useState({ text, kind, at: 0 });
  useEffect(() => {
    if (text === said.text && kind === said.kind) return;
    const wait = kind === said.kind ? Math.max(0, said.at + SAID_EVERY_MS - Date.now()) : 0;
    const timer = setTimeout(() => setSaid({ text, kind, at: Date.now() }), wait);
    return () => clearTimeout(timer);
  }, [text, kind, said]);
  return said.text;
}
