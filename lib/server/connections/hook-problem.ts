import { CardError } from "../../cards/errors.ts";
import type { OktaClient } from "../../connectors/okta/client.ts";
import { type HookState, listHooks } from "./hook-calls.ts";

/** Okta's limit of active and verified event hooks per org. Source: its event hook documentation. */
export const HOOKS_PER_ORG = 25;

/** Why a hook is not what it should be, in a sentence or two for the connection's page. */
export function problemText(error: unknown): string {
  if (error instanceof CardError && error.details.hint) return `${error.message} ${error.details.hint}`;
  return error instanceof Error ? error.message : "The hook could not be registered.";
}

/** The hooks that count against the limit: only these receive events. */
export function receivingHooks(hooks: readonly HookState[]): HookState[] {
  return hooks.filter(({ active, verified }) => active && verified);
}

/**
 * Passes an error on, as what it means where the org has no room for another hook. Okta's refusal says so in words that
 * may change, so the hooks are counted instead.
 * @throws CardError code "too-many-hooks", else the error itself
 */
export async function withLimitExplained(client: OktaClient, orgUrl: string, error: unknown): Promise<never> {
  if (!(error instanceof CardError) || error.details.status !== 400) throw error;
  const receiving = receivingHooks(await listHooks(client).catch(() => [])).length;
  if (receiving < HOOKS_PER_ORG) throw error;
  throw new CardError(
    `${new URL(orgUrl).host} has ${receiving} active event hooks, the most Okta allows. Events are read from its System Log instead.`,
    {
      ...error.details,
      code: "too-many-hooks",
      hint: "To get them at once, delete an event hook in Okta (Workflow, Event Hooks).",
    },
    { cause: error },
  );
}
