import { describe, expect, it } from "vitest";
import { byHand } from "./by-hand.ts";

describe("Run by Hand", () => {
  it("comes from no connection and listens to no event", () => {
    expect(byHand.description.needsConnection).toBe(false);
    expect(byHand.listensTo?.({})).toEqual([]);
  });

  it("tells who started it and which row it is, and nothing that was not said", async () => {
    const read = (event: Record<string, string | number>) =>
      byHand.readEvent?.({
        event,
        options: {},
        client: undefined,
        wanted: () => true,
        room: 10_000_000,
        now: new Date(0),
      });
    expect(await read({ startedBy: "Ann Lee", row: 3, label: "ben@example.com" })).toEqual({
      startedBy: "Ann Lee",
      row: 3,
      label: "ben@example.com",
    });
    expect(await read({ row: "three" })).toEqual({ startedBy: null, row: null, label: null });
  });
});
