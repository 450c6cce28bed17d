"use client";

import { Button, Menu } from "@mantine/core";
import { IconChevronDown, IconPlayerStop, IconRefresh } from "@tabler/icons-react";
import { useState } from "react";
import { CancelManyDialog } from "./cancel-many-dialog.tsx";
import type { ExecutionFilters } from "./execution-filters.ts";
import { RetryManyDialog } from "./retry-many-dialog.tsx";

/** What can be done about all executions the filters find. */
export function ManyActions({ filters }: { filters: ExecutionFilters }) {
  const [open, setOpen] = useState<"retry" | "cancel">();
  const close = () => setOpen(undefined);
  return (
    <>
      <Menu position="bottom-end" width={230}>
        <Menu.Target>
          <Button variant="default" rightSection={<IconChevronDown size={14} aria-hidden="true" />}>
            All that match
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            leftSection={<IconRefresh size={15} aria-hidden="true" />}
            onClick={() => setOpen("retry")}
          >
            Retry those that failed …
          </Menu.Item>
          <Menu.Item
            leftSection={<IconPlayerStop size={15} aria-hidden="true" />}
            onClick={() => setOpen("cancel")}
          >
            Cancel those not ended …
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      {open === "retry" ? <RetryManyDialog filters={filters} onClose={close} /> : null}
      {open === "cancel" ? <CancelManyDialog filters={filters} onClose={close} /> : null}
    </>
  );
}
