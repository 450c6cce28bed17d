import { describe, expect, it } from "vitest";
import { CardError } from "../../cards/errors.ts";
import type { OktaHttpOptions } from "./okta-http-client.ts";
import { clientOf, errorOf, json, oktaError } from "./test-okta-answers.ts";
import { roomWith } from "./test-waiting-room.ts";

const PUT = { method: "PUT", path: "/api/v1/groups/00g1/users/00u1" } as const;

/** A client whose gate refuses as told: how often, by the number of the call that has to wait. */
async function gated(waits: Record<number, number>, more: Partial<OktaHttpOptions> = {}, status = 200) {
  const left = new Map(Object.entries(waits));
  const { client, seen } = await clientOf(
    (...exchange) => json(seen.length > 1 ? status : 200, {})(...exchange),
    {
      gate: {
        enter: async () => {
          const call = String(seen.length + 1);
          const times = left.get(call) ?? 0;
          left.set(call, times - 1);
          if (times <= 0) return { leave: () => undefined };
          throw new CardError("Waiting for Okta: the share is used.", {
            kind: "rateLimited",
            code: "budget-spent",
            retryAt: Date.now(),
          });
        },
      },
      ...more,
    },
  );
  return { client, calls: () => seen.length };
}

describe("a card of several calls", () => {
  const mayGoOn = () => undefined;

  it("is sent away before its first call, with no word to the room", async () => {
    const { room, told } = roomWith(true);
    const { client, calls } = await gated({ 1: 1 }, { room, mayGoOn });
    expect((await errorOf(client.request(PUT))).details.code).toBe("budget-spent");
    expect([calls(), told]).toEqual([0, []]);
  });

  it("is sent away where it has only read a little so far: that is soon read again", async () => {
    const { room, told } = roomWith(true);
    const { client } = await gated({ 2: 1 }, { room, mayGoOn });
    await client.request({ method: "GET", path: "/api/v1/users/00u1" });
    expect((await errorOf(client.request(PUT))).details.code).toBe("budget-spent");
    expect(told).toEqual([]);
  });

  it("waits for a further call where it is, says why, and keeps its place for those to come", async () => {
    const { room, told } = roomWith(true);
    const { client, calls } = await gated({ 2: 2 }, { room, mayGoOn });
    for (let call = 0; call < 3; call++) await client.request(PUT);
    expect(calls()).toBe(3);
    expect(told).toEqual(["take", "take", "Waiting for Okta: the share is used.", "go on", "go on"]);
  });

  it("leaves the worker where no place is free, unless it may not be ended there", async () => {
    const { room } = roomWith(false);
    const safe = await gated({ 2: 1 }, { room, mayGoOn });
    await safe.client.request(PUT);
    expect((await errorOf(safe.client.request(PUT))).details.code).toBe("budget-spent");
    const unsafe = await gated({ 2: 1 }, { room });
    await unsafe.client.request(PUT);
    await unsafe.client.request(PUT);
    expect([safe.calls(), unsafe.calls()]).toEqual([1, 2]);
  });

  it("ends while it waits where it may not go on", async () => {
    const stopped = new CardError("Cancelled.", { kind: "rateLimited", code: "cancelled" });
    const { client, calls } = await gated(
      { 2: 100 },
      {
        mayGoOn: (moment) => {
          if (moment === "waits") throw stopped;
        },
      },
    );
    await client.request(PUT);
    expect(await errorOf(client.request(PUT))).toBe(stopped);
    expect(calls()).toBe(1);
  });

  it("does not send a further call again that got no usable answer", async () => {
    const { client, calls } = await gated({}, {}, 503);
    await client.request(PUT);
    expect((await errorOf(client.request(PUT))).details.status).toBe(503);
    expect(calls()).toBe(2);
  });

  it("sends a further call again that Okta refused for a while", async () => {
    const { client, seen } = await clientOf((...exchange) =>
      seen.length === 2
        ? json(429, oktaError("E0000047"), { "x-rate-limit-limit": "0" })(...exchange)
        : json(200, {})(...exchange),
    );
    await client.request(PUT);
    await client.request(PUT);
    expect(seen).toHaveLength(3);
  });
});
