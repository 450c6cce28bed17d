// The flow of the benchmark as a program on DBOS: run in a folder where its library is installed (parts/compare.ts).
// Environment: DBOS_DATABASE_URL, STUB_URL, PORT. A delivery is acknowledged once its workflow is durable.
import { Agent, createServer, request } from "node:http";
import { DBOS } from "@dbos-inc/dbos-sdk";

const agent = new Agent({ keepAlive: true });

function call(method, path) {
  return new Promise((resolve, reject) => {
    const sent = request(process.env.STUB_URL + path, { method, agent }, async (response) => {
      let text = "";
      for await (const part of response.setEncoding("utf8")) text += part;
      resolve(text === "" ? null : JSON.parse(text));
    });
    sent.once("error", reject).end();
  });
}

const flow = DBOS.registerWorkflow(
  async ({ user }) => {
    const found = await DBOS.runStep(() => call("GET", `/api/v1/users/${user}`), { name: "read" });
    if (found.profile.department !== "Engineering") return;
    await DBOS.runStep(() => call("PUT", `/api/v1/groups/00gBENCH/users/${user}`), { name: "add" });
    await DBOS.runStep(() => call("POST", `/api/v1/users/${user}/lifecycle/suspend`), { name: "suspend" });
  },
  { name: "flow" },
);

DBOS.setConfig({
  name: "bench",
  applicationVersion: "1",
  systemDatabaseUrl: process.env.DBOS_DATABASE_URL,
  runAdminServer: false,
  logLevel: "error",
});
await DBOS.launch();

const server = createServer(async (incoming, outgoing) => {
  let text = "";
  for await (const part of incoming.setEncoding("utf8")) text += part;
  const [event] = JSON.parse(text).data.events;
  await DBOS.startWorkflow(flow, { workflowID: event.uuid })({ user: event.target[0].id });
  outgoing.writeHead(204).end();
});
server.listen(Number(process.env.PORT), "127.0.0.1", () => console.log("ready"));
for (const signal of ["SIGTERM", "SIGINT"]) process.once(signal, () => process.exit(0));
