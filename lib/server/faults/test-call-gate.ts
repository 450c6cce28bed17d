import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** Where a call is stopped: on its way to the org, or on its way back, when the org has done what it says. */
export type HeldWhere = "before" | "after";

interface Hold {
  where: HeldWhere;
  fits: (method: string, path: string) => boolean;
}

interface HeldCall {
  where: HeldWhere;
  response: ServerResponse;
  /** By `performance.now`. */
  since: number;
  go: () => void;
  /** Does at the org what the call says, for nobody. */
  arrive: () => Promise<void>;
}

/** For tests of faults: a way to an org that stops every call of a kind, so that workers are killed at a known moment. */
export class CallGate {
  readonly #target: URL;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #server = createServer((call, response) => {
    // A caller or an org that is gone: the other side sees its connection break, as it would without a gate.
    this.#serve(call, response).catch(() => response.destroy());
  });
  #hold: Hold | undefined;
  #held: HeldCall[] = [];
  /** Told of each answer that was passed on. */
  onAnswer: (() => void) | undefined;

  private constructor(target: string) {
    this.#target = new URL(target);
  }

  static async open(target: string): Promise<CallGate> {
    const gate = new CallGate(target);
    await new Promise<void>((resolve) => gate.#server.listen(0, "127.0.0.1", resolve));
    return gate;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Stops every fitting call from now on. */
  holdAll(where: HeldWhere, fits: Hold["fits"]): void {
    this.#hold = { where, fits };
  }

  /** Calls that are held. */
  get held(): number {
    return this.#held.length;
  }

  /** Those of them whose caller is gone. */
  get gone(): number {
    return this.#held.filter(({ response }) => response.destroyed).length;
  }

  /** Stops no more calls, and lets those that are held go on; where the caller is gone, to nobody. */
  release(): void {
    this.#hold = undefined;
    for (const { go } of this.#held.splice(0)) go();
  }

  /**
   * Lets the org do what callers asked for that are gone, as one that is slow. Holds the calls of the others.
   * @param late in how many milliseconds a call arrives that was held on its way for so many; undefined for never
   * @returns when the org has done them
   */
  async arriveLate(late: (heldMs: number) => number | undefined): Promise<void> {
    const isGone = ({ where, response }: HeldCall) => where === "before" && response.destroyed;
    const gone = this.#held.filter(isGone);
    this.#held = this.#held.filter((call) => !isGone(call));
    await Promise.all(
      gone.map(async ({ go, since, arrive }) => {
        go();
        const afterMs = late(performance.now() - since);
        if (afterMs === undefined) return;
        await sleep(afterMs);
        await arrive();
      }),
    );
  }

  close(): void {
    this.release();
    this.#agent.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(call: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/" } = call;
    const body = await bytesOf(call);
    const arrive = async () => {
      (await this.#forward(call, body)).resume();
    };
    await this.#pass("before", { method, url, response, arrive });
    // Nobody is left to send it for: as if it had never left.
    if (response.destroyed) return;
    const answer = await this.#forward(call, body);
    const text = await bytesOf(answer);
    await this.#pass("after", { method, url, response, arrive });
    if (response.destroyed) return;
    response.writeHead(answer.statusCode ?? 502, answer.headers).end(text);
    this.onAnswer?.();
  }

  #pass(
    where: HeldWhere,
    call: Pick<HeldCall, "response" | "arrive"> & { method: string; url: string },
  ): Promise<void> | undefined {
    if (this.#hold?.where !== where || !this.#hold.fits(call.method, call.url)) return undefined;
    const { response, arrive } = call;
    return new Promise((go) => this.#held.push({ where, response, arrive, go, since: performance.now() }));
  }

  #forward({ method, url, headers }: IncomingMessage, body: Buffer): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      const { hostname, port, host } = this.#target;
      const options = {
        hostname,
        port,
        path: url,
        method,
        headers: { ...headers, host },
        agent: this.#agent,
      };
      request(options, resolve).on("error", reject).end(body);
    });
  }
}

async function bytesOf(message: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk);
  return Buffer.concat(chunks);
}
