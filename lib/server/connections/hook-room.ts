import { HOOK_EVENT_TYPES } from "../../connectors/okta/events/event-types.ts";
import { database } from "../db/client.ts";
import { wantedEventTypes } from "./hook-event-types.ts";
import { HOOKS_PER_ORG } from "./hook-problem.ts";
import { intakeModeFor } from "./intake-mode.ts";
import { shareEventTypes, TYPES_PER_HOOK } from "./share-event-types.ts";

/**
 * What an org's hooks would come to with more event types, said before it happens: that the org has no room for a hook,
 * or that one more is registered.
 * @param alias of the connection; one that is not there says nothing
 * @param eventTypes a flow is about to listen to
 * @param perHook tests take fewer than Okta's 300
 */
export async function hookNotice(
  alias: string,
  eventTypes: readonly string[],
  perHook = TYPES_PER_HOOK,
): Promise<string | undefined> {
  const { prisma } = database();
  const connection = await prisma.connection.findUnique({ where: { alias }, include: { hooks: true } });
  if (!connection || intakeModeFor(connection.orgUrl).mode !== "hook") return undefined;
  const hookable = eventTypes.filter((type) => HOOK_EVENT_TYPES.has(type));
  if (hookable.length === 0) return undefined;
  const { byHook } = await wantedEventTypes(connection.id);
  const types = [...new Set([...byHook, ...hookable])];
  const { hooks, orgHooks } = connection;
  const current = hooks.toSorted((a, b) => a.position - b.position).map((hook) => hook.eventTypes);
  const needed = shareEventTypes(current, types, perHook).filter((share) => share.length > 0).length;
  const working = hooks.filter(({ status }) => status !== "unverified").length;
  if (needed <= working) return undefined;
  const org = new URL(connection.orgUrl).host;
  const others = Math.max(0, (orgHooks ?? 0) - working);
  if (others + needed > HOOKS_PER_ORG) {
    return (
      `${org} has ${orgHooks} active event hooks of the ${HOOKS_PER_ORG} Okta allows, and this flow needs one more. ` +
      "Its events will be read from the System Log, some seconds later, until an event hook is deleted in Okta."
    );
  }
  if (types.length <= perHook) return undefined;
  return (
    `With this flow ${connection.name} listens to ${types.length} event types; Okta takes ${perHook} per event hook. ` +
    `Another one is registered: ${others + needed} of the ${HOOKS_PER_ORG} the org may have.`
  );
}
