import type { WaitingPlace } from "../../engine/ports.ts";

/** For tests: a room with a free place, or none, and what came to pass in it. */
export function roomWith(free: boolean) {
  const told: string[] = [];
  const place: WaitingPlace = {
    take: () => {
      told.push("take");
      return free;
    },
    tell: async (reason) => void told.push(reason),
    goOn: async () => void told.push("go on"),
    leave: () => told.push("leave"),
  };
  return { room: { place: () => place }, told };
}
