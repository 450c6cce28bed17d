import { listAlarms } from "#lib/api/alarms.ts";
import { listAlarms as list } from "#lib/server/alarms/alarms.ts";
import { handle } from "#lib/server/http/handle.ts";

export const GET = handle(listAlarms, ({ actor }) => list(actor));
