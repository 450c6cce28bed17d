// For tests: a process that takes slots of calls and keeps them until it is killed. Arguments: database, connection, limit,
// how many it takes. Says "held" when it has them.
import { CallSlots } from "./call-slots.ts";

const [url = "", connectionId = "", limit = "", count = ""] = process.argv.slice(2);
const slots = new CallSlots(url);
for (let taken = 0; taken < Number(count); taken++) await slots.enter(connectionId, Number(limit));
process.stdout.write("held\n");
setInterval(() => {}, 1_000);
