import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterEach, expect, test } from "vitest";
import { freePort } from "../free-port.ts";
import { checkPorts } from "./check-ports.ts";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

async function occupy(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  servers.push(server);
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

const wanted = (port: number, host = "127.0.0.1") => ({
  purpose: "the console",
  port,
  variable: "PORT",
  host,
});

test("accepts free ports", async () => {
  await checkPorts([wanted(await freePort())]);
});

test("names the busy port, what wants it and the variable to change", async () => {
  const port = await occupy("127.0.0.1");
  await expect(checkPorts([wanted(port)])).rejects.toMatchObject({
    message: `Port ${port}, which the console is to use, is taken by another program.`,
    fix: expect.stringContaining(`PORT=${port + 10}`),
  });
});

test.each(["0.0.0.0", "::", "::1"])("sees a program that listens on %s", async (host) => {
  const port = await occupy(host);
  await expect(checkPorts([wanted(port)])).rejects.toThrow(/taken by another program/);
});

test("refuses the same port for two things", async () => {
  const sandbox = { purpose: "the sandbox org", port: 4000, variable: "SANDBOX_PORT", host: "127.0.0.1" };
  await expect(checkPorts([wanted(4000), sandbox])).rejects.toMatchObject({
    fix: expect.stringMatching(/PORT or SANDBOX_PORT/),
  });
});

test("refuses an address this machine does not have", async () => {
  await expect(checkPorts([wanted(await freePort(), "192.0.2.1")])).rejects.toMatchObject({
    fix: expect.stringContaining("HOST"),
  });
});
