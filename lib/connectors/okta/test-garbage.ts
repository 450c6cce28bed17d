import { setImmediate as turn } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

setFlagsFromString("--expose-gc");
const collect: () => void = runInNewContext("gc");

/** For tests: how many of the objects somebody still holds. */
export async function stillHeld(objects: readonly WeakRef<object>[]): Promise<number> {
  // What was looked at in this turn of the event loop is kept until the next.
  await turn();
  collect();
  return objects.filter((object) => object.deref() !== undefined).length;
}
