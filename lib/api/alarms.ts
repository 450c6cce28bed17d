import { z } from "zod";
import { idParams, instantSchema, okSchema } from "./common.ts";
import { endpoint } from "./endpoint.ts";

const tag = "Alarms";

/** What alarms are about. The object of a "connection-…" alarm is a connection, of a "flow-…" one a flow. */
export type AlarmKind = `connection-${string}` | `flow-${string}`;

export const alarmSchema = z.object({
  id: z.uuid(),
  kind: z.string(),
  objectId: z.string(),
  message: z.string(),
  /** How often it happened since it was opened. */
  count: z.number().int(),
  openedAt: instantSchema,
  lastAt: instantSchema,
});
export type AlarmView = z.infer<typeof alarmSchema>;

/** The page where the object of an alarm is looked after; undefined for a kind this version does not know. */
export function pageOfAlarm({ kind, objectId }: Pick<AlarmView, "kind" | "objectId">): string | undefined {
  if (kind.startsWith("connection-")) return `/connections#${encodeURIComponent(objectId)}`;
  if (kind.startsWith("flow-")) return `/flows/${encodeURIComponent(objectId)}`;
  return undefined;
}

export const listAlarms = endpoint({
  method: "GET",
  path: "/api/alarms",
  summary: "Open alarms, the newest first",
  tag,
  permission: "connections.read",
  answer: z.object({ alarms: z.array(alarmSchema) }),
});

export const closeAlarm = endpoint({
  method: "POST",
  path: "/api/alarms/{id}/close",
  summary: "Put an alarm away; it comes back when its trouble happens again",
  tag,
  permission: "connections.manage",
  params: idParams,
  answer: okSchema,
});
