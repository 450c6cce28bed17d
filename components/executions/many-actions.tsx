"use client";

import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconPlayerStop, IconPlayerTrackPrev, IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import { CancelManyDialog } from "./cancel-many-dialog.tsx";
import type { ExecutionFilters } from "./execution-filters.ts";
import { ReplayMatching } from "./replay-matching.tsx";
import { RetryManyDialog } from "./retry-many-dialog.tsx";

/** What can be done about all executions the filters find. */
export function ManyActions({ filters }: { filters: ExecutionFilters }) {
  const [open, setOpen] = useState<"retry" | "cancel" | "replay">();
  const close = () => setOpen(undefined);
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden="true" />}>
            Actions for all
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconRefresh size={15} aria-hidden="true" />}
            onClick={() => setOpen("retry")}
          >
            Retry those that failed…
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPlayerTrackPrev size={15} aria-hidden="true" />}
            disabled={filters.flowId === undefined}
            onClick={() => setOpen("replay")}
          >
            {filters.flowId === undefined ? "Replay events (choose a flow)" : "Replay their events…"}
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPlayerStop size={15} aria-hidden="true" />}
            onClick={() => setOpen("cancel")}
          >
            Cancel those not ended…
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === "retry" ? <RetryManyDialog filters={filters} onClose={close} /> : null}
      {open === "replay" && filters.flowId !== undefined ? (
        <ReplayMatching flowId={filters.flowId} filters={filters} onClose={close} />
      ) : null}
      {open === "cancel" ? <CancelManyDialog filters={filters} onClose={close} /> : null}
    </>
  );
}
