import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { inEnvelope } from "./envelope.ts";
import type { BenchOptions } from "./options.ts";

/** What happened to one delivery. Times in milliseconds since 1970. */
export interface Sent {
  /** Stands in the subject of the execution it starts. */
  name: string;
  at: number;
  ackMs: number;
  status: number;
}

/** Sends the deliveries, one event each. */
export async function sendAll(options: BenchOptions, run: string): Promise<Sent[]> {
  const sent: Sent[] = [];
  const start = performance.now();
  let next = 0;
  const sender = async () => {
    for (let index = next++; index < options.events; index = next++) {
      const due = start + (index / options.rate) * 1000;
      if (due > performance.now()) await sleep(due - performance.now());
      sent.push(await send(options, `Bench ${run}-${index}`));
    }
  };
  await Promise.all(Array.from({ length: options.concurrency }, sender));
  return sent;
}

async function send(options: BenchOptions, name: string): Promise<Sent> {
  const body = JSON.stringify(delivery(options, name));
  const at = Date.now();
  const started = performance.now();
  const response = await fetch(`${options.url}/hooks/okta/${options.endpoint}`, {
    method: "POST",
    headers: { authorization: options.secret, "content-type": "application/json" },
    body,
  }).catch((cause: Error) => {
    throw new Error(`${options.url} could not be reached: ${cause.cause ?? cause}`, { cause });
  });
  await response.arrayBuffer();
  return { name, at, ackMs: performance.now() - started, status: response.status };
}

function delivery({ type, user, group }: BenchOptions, name: string): object {
  const now = new Date().toISOString();
  const event = {
    uuid: randomUUID(),
    published: now,
    eventType: type,
    version: "0",
    severity: "INFO",
    displayMessage: "Benchmark",
    actor: { id: "00uBENCH", type: "User", alternateId: "bench@flowdeck.example", displayName: "Benchmark" },
    outcome: { result: "SUCCESS", reason: null },
    target: [
      { id: user, type: "User", alternateId: "unknown", displayName: name },
      { id: group, type: "UserGroup", alternateId: "unknown", displayName: "Benchmark group" },
    ],
  };
  return inEnvelope(event);
}
