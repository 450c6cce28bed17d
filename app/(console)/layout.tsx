import type { ReactNode } from "react";
import { ConsoleShell } from "#components/shell/console-shell.tsx";
import { requirePageActor } from "#lib/server/accounts/require-page-actor.ts";
import { me } from "#lib/server/accounts/sessions.ts";

/** Every page of the console: signed in, with the navigation beside it. */
export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const actor = await requirePageActor();
  return <ConsoleShell me={await me({ caller: { actor } })}>{children}</ConsoleShell>;
}
