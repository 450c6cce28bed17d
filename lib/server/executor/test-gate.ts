import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

type Where = "before" | "after";

interface Gate {
  where: Where;
  matches: (method: string, path: string) => boolean;
  arrived: () => void;
}

/** For tests: a way to an org that can stop a call on its way there or on its way back. */
export class TestGate {
  readonly #target: string;
  readonly #server = createServer((request, response) => void this.#serve(request, response));
  readonly #held: (() => void)[] = [];
  #gate: Gate | undefined;

  private constructor(target: string) {
    this.#target = target;
  }

  static async open(target: string): Promise<TestGate> {
    const gate = new TestGate(target);
    await new Promise<void>((resolve) => gate.#server.listen(0, "127.0.0.1", resolve));
    return gate;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /**
   * Holds the next call that matches: "before" the org sees it, or "after" the org has answered.
   *
   * @returns fulfilled when the call has got there
   */
  hold(where: Where, method: string, path: RegExp): Promise<void> {
    return new Promise((resolve) => {
      this.#gate = { where, matches: (m, p) => m === method && path.test(p), arrived: resolve };
    });
  }

  /** Lets what is held go on; where its caller is gone, to nobody. */
  release(): void {
    for (const go of this.#held.splice(0)) go();
  }

  close(): void {
    this.release();
    this.#server.closeAllConnections();
    this.#server.close();
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", url = "/" } = request;
    const gate = this.#gate?.matches(method, url) ? this.#gate : undefined;
    if (gate) this.#gate = undefined;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (gate?.where === "before") await this.#wait(gate);
    // Nobody is left to send it for: as if it had never left.
    if (response.destroyed) return;
    const answer = await fetch(this.#target + url, {
      method,
      headers: headersOf(request),
      body: chunks.length > 0 ? Buffer.concat(chunks) : undefined,
    });
    const body = Buffer.from(await answer.arrayBuffer());
    if (gate?.where === "after") await this.#wait(gate);
    const headers = Object.fromEntries(answer.headers);
    response.writeHead(answer.status, headers).end(body);
  }

  #wait(gate: Gate): Promise<void> {
    gate.arrived();
    return new Promise((resolve) => this.#held.push(resolve));
  }
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const { authorization, accept } = request.headers;
  const type = request.headers["content-type"];
  return {
    authorization: authorization ?? "",
    accept: accept ?? "",
    ...(type ? { "content-type": type } : {}),
  };
}
