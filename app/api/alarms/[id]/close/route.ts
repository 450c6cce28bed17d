import { closeAlarm } from "#lib/api/alarms.ts";
import { closeAlarm as close } from "#lib/server/alarms/alarms.ts";
import { handle } from "#lib/server/http/handle.ts";

export const POST = handle(closeAlarm, ({ actor, params }) => close(actor, params.id));
