import { CardError } from "../../cards/errors.ts";
import { closeAlarms, raiseAlarm } from "../alarms/alarms.ts";
import { database } from "../db/client.ts";
import type { Connection } from "../db/generated/client.ts";

/** What no later round mends by itself: somebody has to give a right, or make room. */
const FOR_PEOPLE = "connection-hook";

/**
 * Raises one alarm where the org refuses the event hook for want of a right or of room. Until somebody acts, the events
 * come late from the System Log, and the connection looks well otherwise. A refusal that is known already is not told
 * again: the rounds go on every 20 s, and an alarm that was put away would be back at once.
 * @param before the connection as it was before the attempt
 */
export async function raiseHookAlarm(before: Connection, error: unknown, detail: string): Promise<void> {
  if (!(error instanceof CardError)) return;
  const { kind, code } = error.details;
  if (kind !== "forbidden" && code !== "too-many-hooks") return;
  if (before.hookStatus === "failed" && before.hookDetail === detail) return;
  await raiseAlarm(FOR_PEOPLE, before.id, `${before.name} has no event hook: ${detail}`);
}

/** The hook works. */
export async function endHookAlarm(connectionId: string): Promise<void> {
  const open = { kind: FOR_PEOPLE, objectId: connectionId, closedAt: null };
  // The rounds end here every 20 s; only one of many has anything to write.
  if ((await database().prisma.alarm.count({ where: open })) === 0) return;
  await closeAlarms(FOR_PEOPLE, connectionId, "the event hook, which works");
}

const NEEDS: Record<string, string> = {
  oauth: "The admin who authorized the connection needs",
  token: "The admin the API token belongs to needs",
};

/** Which right an org's refusal of the hook is about, and the way out, in a sentence or two for the connection's page. */
export function hookRightHint({ auth }: Pick<Connection, "auth">): string {
  const needs = NEEDS[auth] ?? "The app needs";
  return (
    // Source: help.okta.com, "Organization administrators": manage hooks is among what org admins can't do.
    `${needs} the role Super Administrator: of Okta's standard roles no other may manage event hooks. ` +
    "Until then events are read from the System Log, some seconds later."
  );
}
