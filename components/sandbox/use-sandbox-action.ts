"use client";

import { useAction } from "#components/feedback/use-action.ts";
import { ApiError, type CallOf, call } from "#lib/api/client.ts";
import { actInSandbox } from "#lib/api/sandbox.ts";

export type SandboxAction = CallOf<typeof actInSandbox>["body"];

/** Does one thing in the sandbox org. @param done what to say when it is done */
export function useSandboxAction(done: string, onDone?: () => void) {
  return useAction({
    run: (body: SandboxAction) => call(actInSandbox, { body }),
    failed: (error) =>
      error instanceof ApiError && error.body.inDoubt
        ? "The connection was lost; whether it was changed shows below"
        : "Nothing was changed in the sandbox org",
    done,
    onDone,
  });
}
