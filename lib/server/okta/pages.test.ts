import type { IncomingMessage, ServerResponse } from "node:http";
import { describe, expect, it } from "vitest";
import { CardError } from "../../cards/errors.ts";
import { stillHeld } from "../../connectors/okta/test-garbage.ts";
import type { OktaHttpOptions } from "./okta-http-client.ts";
import { clientOf, errorOf, json, oktaError } from "./test-okta-answers.ts";
import { roomWith } from "./test-waiting-room.ts";

describe("in the middle of a list", () => {
  /** Three pages; `fault` may answer in place of one, told how often it was asked for. */
  async function walking(
    fault: (page: number, time: number, response: ServerResponse) => boolean,
    more: Partial<OktaHttpOptions> = {},
  ) {
    const asked = new Map<number, number>();
    const { client, seen, port } = await clientOf((request, response) => {
      const page = Number(new URL(request.url ?? "", "http://x").searchParams.get("after") ?? 1);
      const time = (asked.get(page) ?? 0) + 1;
      asked.set(page, time);
      if (fault(page, time, response)) return;
      const next = `<http://127.0.0.1:${port}/api/v1/users?after=${page + 1}>; rel="next"`;
      json(200, [page], page < 3 ? { link: next } : {})(request, response, "");
    }, more);
    const pages: unknown[] = [];
    const walk = async () => {
      for await (const page of client.pages({ path: "/api/v1/users" })) pages.push(...page);
    };
    return { walk, pages, calls: () => seen.map(({ url }) => url?.split("after=")[1] ?? "1") };
  }

  it("holds no page but the one it gives", async () => {
    const { client, port } = await clientOf((request, response) => {
      const page = Number(new URL(request.url ?? "", "http://x").searchParams.get("after") ?? 1);
      const next = `<http://127.0.0.1:${port}/api/v1/users?after=${page + 1}>; rel="next"`;
      const users = Array.from({ length: 200 }, (_, index) => ({ id: `${page}-${index}` }));
      json(200, users, page < 60 ? { link: next } : {})(request, response, "");
    });
    const pages: WeakRef<object>[] = [];
    const held: number[] = [];
    for await (const page of client.pages({ path: "/api/v1/users" })) {
      pages.push(new WeakRef(page));
      if (pages.length % 20 === 0) held.push(await stillHeld(pages));
    }
    expect(pages).toHaveLength(60);
    expect(held).toHaveLength(3);
    expect(Math.max(...held)).toBeLessThanOrEqual(2);
  });

  const tooMany = (response: ServerResponse) => {
    const reset = String(Math.floor(Date.now() / 1000) - 10);
    const headers = {
      "x-rate-limit-limit": "600",
      "x-rate-limit-remaining": "0",
      "x-rate-limit-reset": reset,
    };
    response
      .writeHead(429, { "content-type": "application/json", ...headers })
      .end(JSON.stringify(oktaError("E0000047")));
    return true;
  };
  const down = (response: ServerResponse) => {
    response.writeHead(503).end();
    return true;
  };

  it("waits for a rate limit at the page it was met, and goes on from there", async () => {
    const list = await walking((page, time, response) => page === 2 && time === 1 && tooMany(response));
    await list.walk();
    expect(list.pages).toEqual([1, 2, 3]);
    expect(list.calls()).toEqual(["1", "2", "2", "3"]);
  });

  it("asks again for a page that was not answered, a few times", async () => {
    const list = await walking((page, time, response) => page === 3 && time === 1 && down(response));
    await list.walk();
    expect(list.pages).toEqual([1, 2, 3]);
    expect(list.calls()).toEqual(["1", "2", "3", "3"]);
  });

  it("leaves it to the executor to wait for the first page", async () => {
    const list = await walking((page, _time, response) => page === 1 && tooMany(response));
    expect((await errorOf(list.walk())).details.kind).toBe("rateLimited");
    expect(list.calls()).toEqual(["1"]);
  });

  it("gives up at once where waiting does not help", async () => {
    const list = await walking((page, _time, response) => {
      if (page === 2) json(400, oktaError("E0000031"))({} as IncomingMessage, response, "");
      return page === 2;
    });
    expect((await errorOf(list.walk())).details.code).toBe("E0000031");
    expect(list.calls()).toEqual(["1", "2"]);
  });

  it("ends where it may not go on, between pages and while it waits", async () => {
    const stopped = new CardError("Cancelled.", { kind: "refused", code: "cancelled" });
    let asked = 0;
    const between = await walking(() => false, {
      mayGoOn: () => {
        if (++asked === 2) throw stopped;
      },
    });
    expect(await errorOf(between.walk())).toBe(stopped);
    expect(between.calls()).toEqual(["1", "2"]);
    let waiting = false;
    const during = await walking(
      (page, _time, response) => {
        waiting ||= page === 2;
        return page === 2 && tooMany(response);
      },
      {
        mayGoOn: () => {
          if (waiting) throw stopped;
        },
      },
    );
    expect(await errorOf(during.walk())).toBe(stopped);
    expect(during.calls()).toEqual(["1", "2"]);
  });

  describe("in a room with places to wait", () => {
    it("tells why it waits once that is long, and keeps its place until the list ends", async () => {
      const { room, told } = roomWith(true);
      const list = await walking((page, time, response) => page === 2 && time <= 2 && tooMany(response), {
        room,
      });
      await list.walk();
      expect(list.pages).toEqual([1, 2, 3]);
      const reason = "Waiting for Okta: its rate limit is used up.";
      expect(told).toEqual(["take", "take", reason, "go on", "go on", "leave"]);
    });

    it("leaves it to the executor to wait where no place is free", async () => {
      const { room, told } = roomWith(false);
      const list = await walking((page, _time, response) => page === 2 && tooMany(response), {
        room,
        mayGoOn: () => undefined,
      });
      expect((await errorOf(list.walk())).details.kind).toBe("rateLimited");
      expect(list.calls()).toEqual(["1", "2"]);
      expect(told).toEqual(["take", "go on", "leave"]);
    });

    it("gives its place back when the reader stops early", async () => {
      const { room, told } = roomWith(true);
      const { client, port } = await clientOf(
        (request, response) => {
          const next = `<http://127.0.0.1:${port}/api/v1/users?after=2>; rel="next"`;
          json(200, [1], { link: next })(request, response, "");
        },
        { room },
      );
      for await (const _ of client.pages({ path: "/api/v1/users" })) break;
      expect(told).toEqual(["leave"]);
    });
  });

  it("waits for a page that the gate does not let through yet", async () => {
    let entered = 0;
    const busy = () =>
      new CardError("Spent.", { kind: "rateLimited", code: "budget-spent", retryAt: Date.now() });
    const list = await walking(() => false, {
      gate: {
        enter: async () => {
          if (++entered === 2) throw busy();
          return { leave: () => undefined };
        },
      },
    });
    await list.walk();
    expect([list.pages, entered]).toEqual([[1, 2, 3], 4]);
  });

  it("leaves an org that is down to the executor, which waits without a worker", async () => {
    let calls = 0;
    const list = await walking(() => false, {
      gate: {
        enter: async () => {
          if (++calls === 2)
            throw new CardError("Down.", { kind: "rateLimited", code: "org-down", retryAt: Date.now() });
          return { leave: () => undefined };
        },
      },
    });
    expect((await errorOf(list.walk())).details.code).toBe("org-down");
  });
});
