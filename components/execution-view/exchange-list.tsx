"use client";

import { Text, UnstyledButton } from "@mantine/core";
import { IconChevronRight } from "@tabler/icons-react";
import { useState } from "react";
import { durationText } from "#components/ui/instant.tsx";
import { Tag, type Tone } from "#components/ui/tag.tsx";
import type { Exchange, StepView } from "#lib/api/executions.ts";
import { CopyButton } from "./copy-button.tsx";
import { JsonCode } from "./json-code.tsx";
import { leftOutNote } from "./left-out-note.ts";
import classes from "./step-panel.module.css";
import { prettyBody } from "./value-text.ts";

/**
 * The HTTP calls of every attempt at a card, the newest attempt first, secrets masked.
 * @param endpoint what the card says that it calls; told where its attempt left no call behind and may have made one
 */
export function ExchangeList({ attempts, endpoint }: { attempts: readonly StepView[]; endpoint?: string }) {
  const called = attempts
    .toReversed()
    .filter(
      ({ exchanges, leftOut }) => (exchanges && exchanges.length > 0) || leftOut?.exchanges !== undefined,
    );
  if (called.length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {attempts.some(({ status }) => status === "unknown")
          ? `What was sent is not known.${endpoint ? ` The card was about to call ${endpoint}.` : ""}`
          : "This card called nobody."}
      </Text>
    );
  }
  return called.map(({ attempt, exchanges = [], leftOut }, place) => (
    <div key={attempt} className={classes.group}>
      {attempts.length > 1 ? <h3 className={classes.groupTitle}>Attempt {attempt}</h3> : null}
      {leftOut?.exchanges === undefined ? null : (
        <Text size="sm" c="dimmed">
          {leftOutNote(leftOut.exchanges)}
        </Text>
      )}
      <ol className={classes.exchanges}>
        {exchanges.map((exchange, index) => (
          <ExchangeView
            // biome-ignore lint/suspicious/noArrayIndexKey: a stored list never changes its order
            key={index}
            exchange={exchange}
            open={place === 0 && exchanges.length === 1}
          />
        ))}
      </ol>
    </div>
  ));
}

/** How a call is spoken of: one of a plan, one whose worker died with it, one that was made. */
const WORDS: Record<"held" | "leaving" | "made", { tag?: string; tone: Tone; sent: string }> = {
  held: { tag: "Not sent", tone: "info", sent: "Would send" },
  leaving: { tag: "Outcome not known", tone: "warning", sent: "About to send" },
  made: { tone: "info", sent: "Sent" },
};

function ExchangeView({ exchange, open: openAtFirst }: { exchange: Exchange; open: boolean }) {
  const [open, setOpen] = useState(openAtFirst);
  const { method, path, status, durationMs, requestId, requestBody, responseBody, held, leaving } = exchange;
  const words = WORDS[held ? "held" : leaving ? "leaving" : "made"];
  return (
    <li className={classes.exchange}>
      {exchange.omitted ? (
        <Text size="xs" c="dimmed">
          {exchange.omitted} calls before this one are not kept.
        </Text>
      ) : null}
      <UnstyledButton className={classes.exchangeHead} aria-expanded={open} onClick={() => setOpen(!open)}>
        <IconChevronRight size={14} className={classes.chevron} aria-hidden="true" />
        <span className={classes.method}>{method}</span>
        <span className={classes.path}>{path}</span>
        {words.tag ? (
          <Tag tone={words.tone}>{words.tag}</Tag>
        ) : (
          <Tag tone={toneOf(status)}>{status ?? "No answer"}</Tag>
        )}
        {words.tag ? null : <span className={classes.soft}>{durationText(durationMs)}</span>}
      </UnstyledButton>
      {open ? (
        <div className={classes.exchangeBody}>
          {requestId ? (
            <div className={classes.fact}>
              <span>Okta request id</span>
              <code>{requestId}</code>
              <CopyButton text={requestId} what="Okta's request id" />
            </div>
          ) : null}
          <Body title={words.sent} body={requestBody} none="No body" />
          {leaving ? (
            <Text size="xs" c="dimmed">
              The worker died when it was about to send this, or right after. Whether it arrived, and what was
              answered, nobody knows.
            </Text>
          ) : null}
          {words.tag ? null : (
            <Body title="Answered" body={responseBody} none={status ? "No body" : "No answer came"} />
          )}
        </div>
      ) : null}
    </li>
  );
}

function Body({ title, body, none }: { title: string; body?: string; none: string }) {
  return (
    <div>
      <div className={classes.bodyTitle}>
        <span>{title}</span>
        {body ? <CopyButton text={body} what={`what was ${title.toLowerCase()}`} /> : null}
      </div>
      {body ? (
        <JsonCode text={prettyBody(body)} label={title} />
      ) : (
        <Text size="xs" c="dimmed">
          {none}
        </Text>
      )}
    </div>
  );
}

function toneOf(status: number | undefined): Tone {
  if (status === undefined || status >= 500) return "bad";
  return status >= 400 ? "warning" : "good";
}
