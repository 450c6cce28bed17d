import { type APIRequestContext, expect } from "@playwright/test";

export type Value = { value: unknown } | { ref: string[] } | { text: (string | { ref: string[] })[] };

/** A flow document, in the parts tests write. */
export interface Document {
  format: 1;
  name: string;
  cards: Record<
    string,
    {
      card: string;
      v: 1;
      title?: string;
      connection?: string;
      options?: Record<string, string>;
      inputs?: Record<string, Value>;
      onError?: { retry: number };
    }
  >;
  edges: { from: string; out: string; to: string }[];
  layout: Record<string, [number, number]>;
}

export interface Flow {
  id: string;
  name: string;
  revision: number;
  document: Document;
  on: boolean;
  liveVersion: number | null;
}

export interface Execution {
  id: string;
  status: string;
  mode: string;
  subject: string;
  steps: { path: string; attempt: number; status: string }[];
}

/** The console's JSON API, called as the owner: for what a test needs but is not about. */
export class ConsoleApi {
  readonly #request: APIRequestContext;

  /** @param request signed in, with the console's Origin */
  constructor(request: APIRequestContext) {
    this.#request = request;
  }

  create(document: Document): Promise<Flow> {
    return this.call("POST", "/api/flows", { document });
  }

  flow(id: string): Promise<Flow> {
    return this.call("GET", `/api/flows/${id}`);
  }

  save(flow: Flow, document: Document): Promise<Flow> {
    return this.call("PUT", `/api/flows/${flow.id}`, { revision: flow.revision, document });
  }

  publish({ id, revision }: Flow, note?: string): Promise<Flow> {
    return this.call("POST", `/api/flows/${id}/publish`, { revision, note });
  }

  /** Turns a published flow on and waits until the org delivers its event to the console. */
  async turnOn({ id }: { id: string }, eventType = "group.user_membership.add"): Promise<Flow> {
    const flow = await this.call("POST", `/api/flows/${id}/on`);
    await expect
      .poll(async () => {
        const { connections } = await this.call("GET", "/api/connections");
        const { intake } = connections.find(({ alias }: { alias: string }) => alias === "sandbox");
        return intake.hookStatus === "verified" && intake.eventTypes.includes(eventType);
      }, "the org's event hook listens")
      .toBe(true);
    return flow;
  }

  /** Creates a flow, publishes it and turns it on. */
  async goLive(document: Document): Promise<Flow> {
    const published = await this.publish(await this.create(document));
    return this.turnOn(published);
  }

  async remove(id: string): Promise<void> {
    await this.call("DELETE", `/api/flows/${id}`);
  }

  executions(flowId: string): Promise<{ items: Execution[] }> {
    return this.call("GET", `/api/executions?flowId=${flowId}`);
  }

  execution(id: string): Promise<Execution> {
    return this.call("GET", `/api/executions/${id}`);
  }

  /** Waits until the newest execution of a flow has a status. */
  async executionThat(status: string, flow: { id: string }): Promise<Execution> {
    await expect
      .poll(
        async () => (await this.executions(flow.id)).items[0]?.status,
        `the newest execution is ${status}`,
      )
      .toBe(status);
    const [newest] = (await this.executions(flow.id)).items;
    if (newest === undefined) throw new Error("The flow has no execution any more.");
    return this.execution(newest.id);
  }

  /**
   * Any call.
   *
   * @throws Error with the answer when it is refused
   */
  async call(method: string, path: string, data?: unknown) {
    const response = await this.#request.fetch(path, { method, data });
    const text = await response.text();
    if (!response.ok()) throw new Error(`${method} ${path} answered ${response.status()}: ${text}`);
    return JSON.parse(text);
  }
}
