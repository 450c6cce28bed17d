"use client";

import { Button, Group, Text } from "@mantine/core";
import { IconSend } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { May } from "#components/accounts/may.tsx";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ClockTime, durationText } from "#components/ui/instant.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Tag, type Tone } from "#components/ui/tag.tsx";
import { call, queryKey } from "#lib/api/client.ts";
import { deliverAgain, listSandboxDeliveries, type SandboxDelivery } from "#lib/api/sandbox.ts";
import { DeliveryDrawer } from "./delivery-drawer.tsx";
import classes from "./sandbox.module.css";
import type { SandboxView } from "./sandbox-view.ts";
import { SearchField } from "./search-field.tsx";
import type { ChangeView } from "./use-sandbox-view.ts";
import { type Column, VirtualTable } from "./virtual-table.tsx";

const COLUMNS: readonly Column[] = [
  { title: "When", width: "120px" },
  { title: "Status", width: "110px" },
  { title: "Events", width: "minmax(220px, 1.5fr)" },
  { title: "To", width: "minmax(180px, 1.2fr)" },
  { title: "Answer", width: "minmax(130px, 0.8fr)" },
  { title: "Actions", width: "190px" },
];
const TONES: Record<SandboxDelivery["status"], Tone> = {
  delivered: "good",
  failed: "bad",
  dropped: "warning",
};
const EVERY_MS = 3_000;

/** What the org sent to its event hooks, and what became of it. */
export function DeliveriesTab({ view, change }: { view: SandboxView; change: ChangeView }) {
  const [openId, setOpenId] = useState<number | null>(null);
  const list = useQuery({
    queryKey: queryKey(listSandboxDeliveries),
    queryFn: ({ signal }) => call(listSandboxDeliveries, { signal }),
    refetchInterval: EVERY_MS,
  });
  const words = view.text.toLowerCase();
  const found = (list.data?.deliveries ?? []).filter(({ eventTypes, status, hookName, uri, eventId }) =>
    [...eventTypes, status, hookName, uri, eventId].join(" ").toLowerCase().includes(words),
  );
  const cells = (delivery: SandboxDelivery) => [
    <span key="when" className={classes.soft}>
      <ClockTime at={delivery.at} />
    </span>,
    <Group key="status" gap={4}>
      <Tag tone={TONES[delivery.status]}>{delivery.status}</Tag>
      {delivery.duplicate ? <span className={classes.soft}>duplicate</span> : null}
      {delivery.againOf === null ? null : <span className={classes.soft}>again</span>}
    </Group>,
    <span key="events" className={classes.mono}>
      {eventsText(delivery.eventTypes)}
    </span>,
    <div key="to">
      {delivery.hookName}
      <div className={classes.clip} title={delivery.uri}>
        {delivery.uri}
      </div>
    </div>,
    <div key="answer">
      {answerText(delivery)}
      <div className={classes.soft}>{attemptsText(delivery)}</div>
    </div>,
    <Group key="actions" gap={4} wrap="nowrap">
      <Button
        size="compact-xs"
        variant="subtle"
        aria-label={`JSON of delivery ${delivery.id}`}
        onClick={() => setOpenId(delivery.id)}
      >
        JSON
      </Button>
      <May permission="connections.manage">
        <AgainButton delivery={delivery} />
      </May>
    </Group>,
  ];
  return (
    <div className={classes.panel}>
      <div className={classes.bar}>
        <SearchField
          label="Search deliveries"
          text={view.text}
          onText={(text) => change({ text }, "replace")}
        />
        <Text size="sm" c="dimmed">
          The newest 200
        </Text>
      </div>
      {list.isPending ? <ListSkeleton rows={8} height={36} /> : null}
      {list.isError && !list.data ? (
        <ErrorState error={list.error} what="The deliveries" onRetry={() => void list.refetch()} />
      ) : null}
      {list.data && found.length === 0 ? (
        <EmptyState icon={IconSend} title={view.text ? "No delivery matches" : "Nothing was delivered yet"}>
          A delivery goes out when something happens that a flow which is on listens to.
        </EmptyState>
      ) : null}
      {found.length > 0 ? (
        <VirtualTable
          label="Deliveries"
          columns={COLUMNS}
          rows={found}
          keyOf={({ id }) => id}
          cells={cells}
          rowHeight={55}
        />
      ) : null}
      {openId === null ? null : <DeliveryDrawer id={openId} onClose={() => setOpenId(null)} />}
    </div>
  );
}

/** Sends a delivery once more; what became of it is said. */
export function AgainButton({ delivery }: { delivery: SandboxDelivery }) {
  const again = useAction({
    run: () => call(deliverAgain, { params: { id: delivery.id } }),
    failed: "It was not delivered again",
    done: (answer) =>
      answer.status === "delivered" ? "Delivered again." : `Sent again, and failed: ${answer.reason}`,
  });
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={again.isPending}
      aria-label={`Deliver again: delivery ${delivery.id}`}
      onClick={() => again.mutate(undefined)}
    >
      Deliver again
    </Button>
  );
}

function eventsText(types: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const type of types) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts].map(([type, count]) => (count === 1 ? type : `${count} × ${type}`)).join(", ");
}

function answerText({ answered, reason }: SandboxDelivery): string {
  return answered === null ? (reason ?? "–") : `HTTP ${answered}`;
}

function attemptsText({ attempts, durationMs, status }: SandboxDelivery): string {
  if (status === "dropped") return "never sent";
  return `${durationText(durationMs)}${attempts > 1 ? `, retried (${attempts} attempts)` : ""}`;
}
