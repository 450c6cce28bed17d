// `node bench/okta-stub.ts`: answers the calls of the benchmark's flows at once, as the smallest org there could be. Prints
// its port. Everything that is measured against something else (compare.ts) calls the same stub.
import { createServer } from "node:http";

const USER = JSON.stringify({
  id: "00uBENCH",
  status: "ACTIVE",
  created: "2026-01-01T00:00:00.000Z",
  lastUpdated: "2026-01-01T00:00:00.000Z",
  profile: { login: "bench@flowdeck.example", firstName: "Bo", lastName: "Bench", department: "Engineering" },
});
const USER_PATH = /^\/api\/v1\/users\/[^/]+$/;

/** Suspensions are the last call of the flow: when they came tells when executions were over. */
const suspended = { count: 0, lastAt: 0 };

const server = createServer((request, response) => {
  request.resume();
  const { method, url = "" } = request;
  const json = { "content-type": "application/json" };
  if (method === "GET" && USER_PATH.test(url)) response.writeHead(200, json).end(USER);
  else if (method === "GET" && url.startsWith("/api/v1/logs")) response.writeHead(200, json).end("[]");
  else if (method === "PUT" && url.startsWith("/api/v1/groups/")) response.writeHead(204).end();
  else if (method === "POST" && url.endsWith("/lifecycle/suspend")) {
    suspended.count += 1;
    suspended.lastAt = Date.now();
    response.writeHead(200, json).end("{}");
  } else if (url === "/bench/suspended") response.writeHead(200, json).end(JSON.stringify(suspended));
  else response.writeHead(404, json).end('{"errorCode":"E0000007","errorSummary":"Not found"}');
});
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", () => {
  const address = server.address();
  console.log(`ready on http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`);
});
for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => process.exit(0));
