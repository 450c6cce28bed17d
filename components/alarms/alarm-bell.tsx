"use client";

import { Anchor, Button, Group, Indicator, NavLink, Popover, Stack, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBell } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { May } from "#components/accounts/may.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { Instant } from "#components/ui/instant.tsx";
import { type AlarmView, closeAlarm, listAlarms, pageOfAlarm } from "#lib/api/alarms.ts";
import { call, queryKey } from "#lib/api/client.ts";

/** Open alarms, from every page: how many there are, what each says, and the way to what it is about. */
export function AlarmBell({ narrow, className }: { narrow: boolean; className?: string }) {
  const [opened, { toggle, close }] = useDisclosure();
  const alarms = useQuery({
    queryKey: queryKey(listAlarms),
    queryFn: ({ signal }) => call(listAlarms, { signal }),
    refetchInterval: 10_000,
  });
  const open = alarms.data?.alarms ?? [];
  const label = open.length === 0 ? "Alarms" : `Alarms, ${open.length} open`;
  return (
    <Popover
      opened={opened}
      onChange={close}
      position="right-end"
      width={400}
      trapFocus
      shadow="md"
      withinPortal
    >
      <Popover.Target>
        <NavLink
          component="button"
          type="button"
          onClick={toggle}
          aria-label={narrow ? label : undefined}
          title={narrow ? label : undefined}
          label={narrow ? undefined : "Alarms"}
          className={className}
          leftSection={
            <Indicator inline disabled={open.length === 0} color="red" size={8} aria-hidden="true">
              <IconBell size={18} stroke={1.6} />
            </Indicator>
          }
          rightSection={narrow || open.length === 0 ? null : <Text size="sm">{open.length} open</Text>}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label="Open alarms">
        {open.length === 0 ? (
          <Text size="sm" tabIndex={-1} data-autofocus>
            {alarms.isError ? "The alarms can't be read now." : "There is no open alarm."}
          </Text>
        ) : (
          <Stack gap="md" mah={420} style={{ overflowY: "auto" }}>
            {open.map((alarm) => (
              <AlarmItem key={alarm.id} alarm={alarm} onLeave={close} />
            ))}
          </Stack>
        )}
        <WhatRaisesOne onLeave={close} />
      </Popover.Dropdown>
    </Popover>
  );
}

/** Who waits here for a failed execution waits in vain, so what raises an alarm and what does not is said. */
function WhatRaisesOne({ onLeave }: { onLeave: () => void }) {
  return (
    <Text size="xs" c="dimmed" mt="sm">
      An alarm is raised by a connection or event hook that stops working, a flow in quarantine, and a flow
      that writes more than it may. A failed execution raises none: look under{" "}
      <Anchor component={Link} href="/executions?status=failed" inherit onClick={onLeave}>
        Executions
      </Anchor>
      , or let a flow that starts with “Card Failed” tell you.
    </Text>
  );
}

function AlarmItem({ alarm, onLeave }: { alarm: AlarmView; onLeave: () => void }) {
  const page = pageOfAlarm(alarm);
  const put = useAction({
    run: () => call(closeAlarm, { params: { id: alarm.id } }),
    failed: "The alarm was not put away",
  });
  return (
    <Stack gap={4} component="section" aria-label={alarm.message}>
      <Text size="sm">{alarm.message}</Text>
      <Text size="xs" c="dimmed">
        <Instant at={alarm.lastAt} />
        {alarm.count > 1 ? `, ${alarm.count} times since it was opened` : ""}
      </Text>
      <Group gap="xs">
        {page ? (
          <Button component={Link} href={page} size="compact-sm" variant="default" onClick={onLeave}>
            Show
          </Button>
        ) : null}
        <May permission="connections.manage">
          <Button
            size="compact-sm"
            variant="subtle"
            color="gray"
            loading={put.isPending}
            onClick={() => put.mutate(undefined)}
          >
            Put away
          </Button>
        </May>
      </Group>
    </Stack>
  );
}
