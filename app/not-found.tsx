import { IconCompassOff } from "@tabler/icons-react";
import Link from "next/link";
import { EmptyState } from "#components/ui/empty-state.tsx";

export const metadata = { title: "Not found" };

/** Next's own page carries an inline style that our content security policy blocks. */
export default function NotFound() {
  return (
    <main>
      <EmptyState
        icon={IconCompassOff}
        title="There is no such page"
        action={<Link href="/flows">Go to your flows</Link>}
      >
        The address may be mistyped, or what it led to was deleted.
      </EmptyState>
    </main>
  );
}
