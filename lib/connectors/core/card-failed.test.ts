import { describe, expect, it } from "vitest";
import type { JsonObject } from "../../flow/json.ts";
import { cardFailed } from "./card-failed.ts";

describe("Card Failed", () => {
  const read = (event: JsonObject) =>
    cardFailed.readEvent?.({
      event,
      options: {},
      client: undefined,
      wanted: () => true,
      room: 10_000_000,
      now: new Date(0),
    });

  it("comes from no connection and listens to no event", () => {
    expect(cardFailed.description.needsConnection).toBe(false);
    expect(cardFailed.listensTo?.({})).toEqual([]);
  });

  it("hands on what its sample says", async () => {
    const sample = cardFailed.sampleEvent?.({}) ?? {};
    expect(await read(sample)).toEqual(cardFailed.description.sample.outputs);
  });

  it("leaves empty what is missing or of another kind", async () => {
    expect(await read({ flow: "x", failure: { status: "404" }, card: 7 })).toEqual({
      flow: { id: null, name: null },
      execution: null,
      card: null,
      failure: { message: null, code: null, status: null },
      failedAt: null,
      subject: null,
    });
  });
});
