import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import { CardError } from "../../cards/errors.ts";
import type { Exchange } from "../../engine/execution.ts";
import { tokenAuthorizer } from "./authorizer.ts";
import { createOktaClient, type OktaHttpOptions } from "./okta-http-client.ts";

/** Those a test has started; closed after it. */
export const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

type Handler = (request: IncomingMessage, response: ServerResponse, body: string) => void;

/** A client of a real server that answers with `handler`, and what it observed. */
export async function clientOf(handler: Handler, options: Partial<OktaHttpOptions> = {}) {
  const seen: { method?: string; url?: string; headers: IncomingMessage["headers"]; body: string }[] = [];
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    seen.push({ method: request.method, url: request.url, headers: request.headers, body });
    handler(request, response, body);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const exchanges: Exchange[] = [];
  const client = createOktaClient({
    orgUrl: `http://127.0.0.1:${port}`,
    authorizer: tokenAuthorizer("00secret"),
    observe: (exchange) => exchanges.push(exchange),
    ...options,
  });
  return { client, seen, exchanges, port };
}

/** Answers everything so. */
export const json =
  (status: number, body: unknown, headers: Record<string, string> = {}): Handler =>
  (_request, response) =>
    response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));

/** What the promise was rejected with. */
export async function errorOf(promise: Promise<unknown>): Promise<CardError> {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CardError)) throw new Error(`a CardError was expected, got ${String(error)}`);
  return error;
}

/** An error as Okta answers it. */
export const oktaError = (errorCode: string) => ({
  errorCode,
  errorSummary: "Said so",
  errorCauses: [{ errorSummary: "why" }],
});
