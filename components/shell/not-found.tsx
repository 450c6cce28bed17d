"use client";

import { Anchor } from "@mantine/core";
import { IconCompassOff } from "@tabler/icons-react";
import Link from "next/link";
import { EmptyState } from "#components/ui/empty-state.tsx";

/** What an address that leads nowhere shows. A client component: it hands components on. */
export function NotFound() {
  return (
    <main>
      <EmptyState
        icon={IconCompassOff}
        title="There is no such page"
        action={
          <Anchor component={Link} href="/flows">
            Go to your flows
          </Anchor>
        }
      >
        The address may be mistyped, or what it led to was deleted.
      </EmptyState>
    </main>
  );
}
