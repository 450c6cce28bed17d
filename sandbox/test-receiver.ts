import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A delivery as the receiver got it. */
export interface Delivered {
  headers: Record<string, string | string[] | undefined>;
  body: {
    eventId: string;
    data: { events: { uuid: string; eventType: string; target: { id: string; type: string }[] | null }[] };
  } & Record<string, unknown>;
}

/** A hook endpoint for tests. */
export interface Receiver {
  uri: string;
  deliveries: Delivered[];
  /** How many challenges came. */
  challenges: number;
  /** Statuses answered to the next POSTs; 204 when empty. */
  answers: number[];
  /** Statuses answered to the next challenges; 200 when empty. */
  challengeAnswers: number[];
  /** Milliseconds before each answer. */
  delayMs: number;
  /** What the challenge answer holds; null echoes. */
  echo: string | null;
  /** Resolves when that many deliveries came. Rejects after 5 s. */
  received: (count: number) => Promise<void>;
  close: () => Promise<void>;
}

/** Starts a receiver on a free port. */
export async function startReceiver(): Promise<Receiver> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      setTimeout(() => {
        if (request.method === "GET") {
          receiver.challenges += 1;
          const status = receiver.challengeAnswers.shift() ?? 200;
          const verification = receiver.echo ?? request.headers["x-okta-verification-challenge"];
          response.writeHead(status, { "content-type": "application/json" });
          response.end(JSON.stringify({ verification }));
          return;
        }
        receiver.deliveries.push({
          headers: request.headers,
          body: JSON.parse(Buffer.concat(chunks).toString("utf8")),
        });
        response.writeHead(receiver.answers.shift() ?? 204).end();
      }, receiver.delayMs);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const receiver: Receiver = {
    uri: `http://127.0.0.1:${port}/hook`,
    deliveries: [],
    challenges: 0,
    answers: [],
    challengeAnswers: [],
    delayMs: 0,
    echo: null,
    received: (count) => until(() => receiver.deliveries.length >= count),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return receiver;
}

/** Resolves when the condition holds; looks every few milliseconds, gives up after 5 s. */
export async function until(condition: () => boolean): Promise<void> {
  const end = Date.now() + 5000;
  while (!condition()) {
    if (Date.now() > end) throw new Error("The awaited condition did not come true within 5 s.");
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}
