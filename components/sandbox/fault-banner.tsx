"use client";

import { Alert, Button, Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { May } from "#components/accounts/may.tsx";
import type { SandboxFault } from "#lib/api/sandbox.ts";
import { faultText } from "./fault-words.ts";
import { useSetFaults } from "./use-set-faults.ts";

/** Says on every tab what goes wrong on purpose, with the way out: a forgotten fault looks like a broken product. */
export function FaultBanner({ faults }: { faults: readonly SandboxFault[] }) {
  const set = useSetFaults();
  if (faults.length === 0) return null;
  return (
    <Alert
      color="orange"
      variant="outline"
      icon={<IconAlertTriangle size={18} aria-hidden="true" />}
      mb="sm"
      py="xs"
      role="status"
    >
      <Group justify="space-between" gap="sm">
        <Text size="sm">
          <strong>
            {faults.length === 1 ? "A fault is switched on." : `${faults.length} faults are switched on.`}
          </strong>{" "}
          {faults.map(faultText).join(" · ")}
        </Text>
        <May permission="connections.manage">
          <Button size="compact-sm" variant="default" loading={set.isPending} onClick={() => set.mutate([])}>
            Switch all off
          </Button>
        </May>
      </Group>
    </Alert>
  );
}
