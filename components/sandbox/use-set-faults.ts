"use client";

import { useAction } from "#components/feedback/use-action.ts";
import { call } from "#lib/api/client.ts";
import { type SandboxFault, setSandboxFaults } from "#lib/api/sandbox.ts";

/** Replaces what goes wrong in the org. The page shows it, so nothing more is said. */
export function useSetFaults() {
  return useAction({
    run: (rules: SandboxFault[]) => call(setSandboxFaults, { body: { rules } }),
    failed: "The faults were not changed",
  });
}
