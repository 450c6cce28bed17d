import { randomUUID } from "node:crypto";
import { Agent, request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { inEnvelope } from "./envelope.ts";

export interface Load {
  events: number;
  /** Deliveries under way at once. */
  concurrency: number;
  /** Deliveries per second at most; Infinity for as many as are answered. */
  rate?: number;
  /** Further characters in each event. */
  padding?: number;
}

/** What became of the deliveries. */
export interface Sent {
  /** Milliseconds from sending each to its answer. */
  acks: number[];
  tookMs: number;
}

/**
 * Sends deliveries of one event each, about a thousand users in turn.
 *
 * @throws Error when one is not answered 204
 */
export async function sendAll(
  hook: { url: string; secret: string },
  eventType: string,
  { events, concurrency, rate = Number.POSITIVE_INFINITY, padding = 0 }: Load,
): Promise<Sent> {
  const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
  const acks: number[] = [];
  const start = performance.now();
  let next = 0;
  const sender = async () => {
    for (let index = next++; index < events; index = next++) {
      const due = start + (index / rate) * 1000;
      if (due > performance.now()) await sleep(due - performance.now());
      const began = performance.now();
      const status = await post(hook, agent, JSON.stringify(delivery(eventType, index % 1000, padding)));
      if (status !== 204) throw new Error(`A delivery was answered ${status}.`);
      acks.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: concurrency }, sender));
  agent.destroy();
  return { acks, tookMs: performance.now() - start };
}

/** Over Node's client: fetch would take twice as much of the machine that is measured. */
function post(hook: { url: string; secret: string }, agent: Agent, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      authorization: hook.secret,
      "content-type": "application/json",
      "content-length": Buffer.byteLength(body),
    };
    const sent = request(hook.url, { method: "POST", agent, headers }, (response) => {
      response.resume().once("end", () => resolve(response.statusCode ?? 0));
    });
    sent.once("error", reject).end(body);
  });
}

/** A delivery as Okta sends it, of the size its own have (about 2 KB). */
function delivery(eventType: string, user: number, padding: number): object {
  const now = new Date().toISOString();
  const event = {
    uuid: randomUUID(),
    published: now,
    eventType,
    version: "0",
    severity: "INFO",
    legacyEventType: "core.user.config.profile.update.success",
    displayMessage: "Update user profile for Okta",
    actor: { id: "00uADMIN", type: "User", alternateId: "admin@flowdeck.example", displayName: "Ada Admin" },
    client: {
      userAgent: { rawUserAgent: "Mozilla/5.0 (X11; Linux x86_64)", os: "Linux", browser: "FIREFOX" },
      zone: "null",
      device: "Computer",
      ipAddress: "192.0.2.10",
      geographicalContext: { city: "Vienna", country: "Austria", geolocation: { lat: 48.2, lon: 16.37 } },
    },
    outcome: { result: "SUCCESS", reason: null },
    target: [
      {
        id: `00u${user}`,
        type: "User",
        alternateId: `u${user}@flowdeck.example`,
        displayName: `User ${user}`,
      },
    ],
    transaction: { type: "WEB", id: randomUUID(), detail: {} },
    debugContext: { debugData: { requestUri: "/api/v1/users", padding: "x".repeat(padding) } },
    authenticationContext: { authenticationStep: 0, externalSessionId: randomUUID() },
    securityContext: { asNumber: 64500, asOrg: "example", isp: "example", domain: "example", isProxy: false },
  };
  return inEnvelope(event);
}
