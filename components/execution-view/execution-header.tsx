"use client";

import { ActionIcon, Anchor, Badge, Button, Group, Text, Title, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconArrowsSplit2, IconCheck, IconChevronLeft, IconHandClick, IconLink } from "@tabler/icons-react";
import Link from "next/link";
import { useEffect, useState } from "react";
import { May } from "#components/accounts/may.tsx";
import { ExecutionDuration } from "#components/executions/execution-duration.tsx";
import { listHref } from "#components/executions/list-place.ts";
import { SeverityTag } from "#components/executions/severity-tag.tsx";
import { shownStatus } from "#components/executions/shown-status.ts";
import { VersionBadge } from "#components/executions/version-badge.tsx";
import { StatusDot } from "#components/flows/status-dot.tsx";
import { Instant } from "#components/ui/instant.tsx";
import type { ExecutionView } from "#lib/api/executions.ts";
import { EventArrival } from "./event-arrival.tsx";
import { ExecutionButtons } from "./execution-buttons.tsx";
import classes from "./execution-header.module.css";
import { ExecutionSummaryLine } from "./execution-summary-line.tsx";
import { notCalledWords } from "./not-called-words.ts";

/** What ran, for whom, how it went, and what can be done about it. */
export function ExecutionHeader(props: { execution: ExecutionView; eventName: string; stoppedAt?: string }) {
  const { execution, eventName, stoppedAt } = props;
  const { flow, status, subject, cancelRequested } = execution;
  const { dot, label } = shownStatus(execution);
  const stopping = cancelRequested && status === "running";
  return (
    <header className={classes.header}>
      <div className={classes.top}>
        <div className={classes.titles}>
          <BackToList />
          <Group gap={10}>
            <Title order={1}>
              {execution.mode === "manual" ? (
                flow.name
              ) : (
                <Anchor component={Link} href={`/flows/${flow.id}`} inherit c="inherit">
                  {flow.name}
                </Anchor>
              )}
            </Title>
            <VersionBadge execution={execution} />
            {execution.mode === "replay" ? (
              <Text size="sm" c="dimmed">
                {execution.version === null ? "on a draft" : `on v${execution.version}`}
              </Text>
            ) : null}
            <Badge
              size="lg"
              radius="sm"
              variant="default"
              tt="none"
              fw={550}
              role="status"
              leftSection={<StatusDot status={dot} />}
            >
              {stopping ? "Stopping" : label}
            </Badge>
            <SeverityTag severity={execution.severity} />
          </Group>
        </div>
        <Group gap={6}>
          <May permission="executions.run">
            <ExecutionButtons execution={execution} />
          </May>
          <OpenOrigin execution={execution} />
          <CopyLink />
        </Group>
      </div>
      <div className={classes.facts}>
        {subject ? <span className={classes.subject}>{subject}</span> : null}
        {eventName ? <span>{eventName}</span> : null}
        <span>
          <Instant at={execution.createdAt} />
        </span>
        <span>
          <ExecutionDuration execution={execution} />
        </span>
        <Relatives execution={execution} />
      </div>
      <ExecutionSummaryLine execution={execution} stoppedAt={stoppedAt} />
      <EventArrival arrival={execution.arrival} />
    </header>
  );
}

/** What the execution belongs to: its flow, or the run by hand it is a row of. */
function OpenOrigin({ execution: { mode, flow, bulkId } }: { execution: ExecutionView }) {
  const byHand = mode === "manual";
  const Icon = byHand ? IconHandClick : IconArrowsSplit2;
  const href = byHand ? (bulkId ? `/run/${bulkId}` : "/run") : `/flows/${flow.id}`;
  return (
    <Button
      size="xs"
      component={Link}
      href={href}
      variant="default"
      leftSection={<Icon size={16} aria-hidden="true" />}
    >
      {byHand ? "Open run by hand" : "Open flow"}
    </Button>
  );
}

/** Executions it belongs to: the one it repeats, those that repeat it, who called it and what it called. */
function Relatives({ execution }: { execution: ExecutionView }) {
  const { mode, bulkId, retryOf, retries, calledBy, calls, notCalled } = execution;
  return (
    <>
      {calledBy ? (
        <span>
          Called by{" "}
          <Anchor component={Link} href={`/executions/${calledBy.id}`} inherit>
            {calledBy.flowName}
          </Anchor>
        </span>
      ) : null}
      {calls.map(({ id, flowName }) => (
        <span key={id}>
          Called{" "}
          <Anchor component={Link} href={`/executions/${id}`} inherit>
            {flowName}
          </Anchor>
        </span>
      ))}
      {notCalled ? <span>{notCalledWords(notCalled)}</span> : null}
      {retryOf ? (
        <Text size="sm" component="span" inherit>
          Repeats{" "}
          <Anchor component={Link} href={`/executions/${retryOf}`} inherit>
            an earlier execution
          </Anchor>
        </Text>
      ) : null}
      {bulkId && (mode === "replay" || mode === "plan") ? (
        <Anchor component={Link} href={`/run/${bulkId}`} inherit>
          All events of this replay
        </Anchor>
      ) : null}
      {retries.length > 0 ? (
        <span>
          Run again:{" "}
          {retries.map((id, index) => (
            <Anchor key={id} component={Link} href={`/executions/${id}`} inherit mr={6}>
              {index === retries.length - 1 ? "latest" : `no. ${index + 1}`}
            </Anchor>
          ))}
        </span>
      ) : null}
    </>
  );
}

/** Back to the list with its filters, at the place it was left at. */
function BackToList() {
  const [href, setHref] = useState("/executions");
  // Only the browser knows it; the server renders the plain address.
  useEffect(() => setHref(listHref()), []);
  return (
    <Anchor component={Link} href={href} size="xs" c="dimmed" className={classes.back}>
      <IconChevronLeft size={14} aria-hidden="true" />
      All executions
    </Anchor>
  );
}

function CopyLink() {
  const { copy, copied } = useClipboard({ timeout: 1_500 });
  return (
    <Tooltip label={copied ? "Copied" : "Copy link"}>
      <ActionIcon
        variant="default"
        size={30}
        aria-label="Copy link"
        onClick={() => copy(window.location.href)}
      >
        {copied ? <IconCheck size={16} /> : <IconLink size={16} />}
      </ActionIcon>
    </Tooltip>
  );
}
