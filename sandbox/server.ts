import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { DEMO_READ_ONLY_TOKEN, DEMO_TOKEN } from "./config.ts";
import { Control } from "./control/control.ts";
import { Counters } from "./control/counters.ts";
import { FaultBox } from "./control/faults.ts";
import { type Exchange, Pipeline } from "./http/pipeline.ts";
import { RateLimiter, standardBuckets } from "./http/rate-limit.ts";
import { HookDeliverer } from "./org/hook-delivery.ts";
import { Org } from "./org/org.ts";
import { giveTokens, seedOrg } from "./org/seed.ts";
import { seedCrowd } from "./org/seed-crowd.ts";
import { StateFile } from "./org/state-file.ts";

/** How to start an org. Everything has a default. */
export interface SandboxOptions {
  /** 0 (the default) takes any free port. */
  port?: number;
  host?: string;
  token?: string;
  readOnlyToken?: string;
  /** Address used in links; default from host and port. */
  orgUrl?: string;
  /** How long a hook delivery waits for more events. */
  batchWindowMs?: number;
  /** How long a hook endpoint may take, default 3000 ms as in Okta. */
  hookTimeoutMs?: number;
  /** Requests per window and bucket. */
  rateLimit?: number;
  rateWindowSeconds?: number;
  /** Requests worked on at once; any number without it. */
  concurrency?: number;
  /** How many users the org has at least: beyond the seed's 60 they are a generated crowd. */
  users?: number;
  /** JSON file that keeps the org across restarts. */
  stateFile?: string;
  /** Milliseconds since the epoch; tests turn it. */
  clock?: () => number;
  /** Told of every Management API exchange. */
  record?: (exchange: Exchange) => void;
}

/** A running org. */
export interface Sandbox {
  url: string;
  port: number;
  token: string;
  readOnlyToken: string;
  /** The live state, for tests in the same process. */
  org: Org;
  counters: Counters;
  faults: FaultBox;
  reset: () => void;
  close: () => Promise<void>;
}

/**
 * Starts a sandbox org and resolves when it accepts connections.
 * Rejects when the port is taken or the state file cannot be read; the message says what to do.
 */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const now = options.clock ?? Date.now;
  const tokens = {
    full: options.token ?? DEMO_TOKEN,
    readOnly: options.readOnlyToken ?? DEMO_READ_ONLY_TOKEN,
  };
  const org = new Org(now, "");
  const counters = new Counters();
  const faults = new FaultBox();
  const limiter = new RateLimiter(
    now,
    standardBuckets(options.rateLimit ?? 600_000),
    options.rateWindowSeconds ?? 60,
  );
  limiter.concurrency = options.concurrency ?? null;
  const deliverer = new HookDeliverer(org, {
    batchWindowMs: options.batchWindowMs ?? 50,
    faultsFor: (hookId) => faults.forDelivery(hookId),
    onDelivery: (record) => counters.delivery(record),
    ...(options.hookTimeoutMs === undefined ? {} : { timeoutMs: options.hookTimeoutMs }),
  });
  org.log.onWrite((record) => deliverer.accept(record));
  const stateFile = options.stateFile ? new StateFile(options.stateFile, org) : null;
  const seed = () => {
    seedOrg(org);
    seedCrowd(org, options.users ?? 0);
  };
  if (!(await stateFile?.load())) seed();
  giveTokens(org, tokens);
  if (stateFile) org.changed = () => stateFile.soon();
  org.later.done = () => org.changed();
  const reset = () => {
    deliverer.clear();
    org.clear();
    seed();
    giveTokens(org, tokens);
    faults.set([]);
    counters.reset();
    org.changed();
  };
  const pipeline = new Pipeline({
    org,
    limiter,
    faults,
    counters,
    ...(options.record ? { record: options.record } : {}),
  });
  const control = new Control({ org, limiter, faults, counters, deliverer, reset });
  const server = createServer((request, response) => {
    const serve = /^\/sandbox(?:[/?]|$)/.test(request.url ?? "") ? control : pipeline;
    serve.serve(request, response).catch((error: unknown) => failed(request, response, error));
  });
  // Longer than any client keeps a connection: else one closed here just as it is used again loses a write.
  server.keepAliveTimeout = 65_000;
  const host = options.host ?? "127.0.0.1";
  const port = await listen(server, options.port ?? 0, host);
  const url = options.orgUrl ?? addressOf(host, port);
  org.baseUrl = url;
  return {
    url,
    port,
    token: tokens.full,
    readOnlyToken: tokens.readOnly,
    org,
    counters,
    faults,
    reset,
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      org.later.clear();
      await deliverer.close();
      await closed;
      await stateFile?.close();
    },
  };
}

/** An address clients on this machine reach the server at; "every address" is none of them. */
function addressOf(host: string, port: number): string {
  if (host === "0.0.0.0" || host === "::") return `http://127.0.0.1:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}

function listen(server: ReturnType<typeof createServer>, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const busy = error.code === "EADDRINUSE";
      reject(
        busy
          ? new Error(
              `Port ${port} on ${host} is in use. Stop what uses it or set SANDBOX_PORT to another port.`,
            )
          : error,
      );
    });
    server.listen(port, host, () => {
      const address: AddressInfo | string | null = server.address();
      resolve(typeof address === "object" && address ? address.port : port);
    });
  });
}

// Only a broken connection ends here: the pipelines answer their own errors.
function failed(request: IncomingMessage, response: ServerResponse, error: unknown): void {
  if (!response.headersSent && !response.destroyed) {
    response.writeHead(500, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: String(error) }));
    return;
  }
  request.socket.destroy();
}
