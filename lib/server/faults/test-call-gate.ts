import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** Where a call is stopped: on its way to the org, or on its way back, when the org has done what it says. */
export type HeldWhere = "before" | "after";

interface Hold {
  where: HeldWhere;
  fits: (method: string, path: string) => boolean;
}

interface HeldCall {
  response: ServerResponse;
  go: () => void;
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

  close(): void {
    this.release();
    this.#agent.destroy();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(call: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/" } = call;
    const body = await bytesOf(call);
    await this.#pass("before", method, url, response);
    // Nobody is left to send it for: as if it had never left.
    if (response.destroyed) return;
    const answer = await this.#forward(call, body);
    const text = await bytesOf(answer);
    await this.#pass("after", method, url, response);
    if (response.destroyed) return;
    response.writeHead(answer.statusCode ?? 502, answer.headers).end(text);
    this.onAnswer?.();
  }

  #pass(where: HeldWhere, method: string, path: string, response: ServerResponse): Promise<void> | undefined {
    if (this.#hold?.where !== where || !this.#hold.fits(method, path)) return undefined;
    return new Promise((go) => this.#held.push({ response, go }));
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
