import { createServer } from "node:net";
import { Problem } from "../problem.ts";

/** A port Flowdeck is about to listen on. */
export interface WantedPort {
  /** What will listen there, in words. */
  purpose: string;
  port: number;
  /** The environment variable that chooses it. */
  variable: string;
  host: string;
}

/**
 * Makes sure, before anything is started, that all ports are free.
 *
 * @throws Problem naming the port, what wants it and the variable that changes it
 */
export async function checkPorts(wanted: WantedPort[]): Promise<void> {
  const seen = new Map<number, WantedPort>();
  for (const one of wanted) {
    const other = seen.get(one.port);
    if (other !== undefined) {
      throw new Problem(
        `${other.purpose} and ${one.purpose} are both to use port ${one.port}.`,
        `Give one of them another port: ${other.variable} or ${one.variable}.`,
      );
    }
    seen.set(one.port, one);
    await checkPort(one);
  }
}

async function checkPort(wanted: WantedPort): Promise<void> {
  const code = (await tryToListen(wanted.host, wanted.port)) ?? (await otherLoopback(wanted));
  if (code === undefined) return;
  if (code === "EADDRINUSE") {
    throw new Problem(
      `Port ${wanted.port}, which ${wanted.purpose} is to use, is taken by another program.`,
      `Stop that program, or choose another port: ${wanted.variable}=${wanted.port + 10} npm start`,
    );
  }
  if (code === "EACCES") {
    throw new Problem(
      `This user may not use port ${wanted.port} for ${wanted.purpose}.`,
      `Choose a port above 1023: ${wanted.variable}=${wanted.port + 3000} npm start`,
    );
  }
  throw new Problem(
    `${wanted.purpose} cannot listen on ${wanted.host}:${wanted.port} (${code}).`,
    "Set HOST to an address of this machine: 127.0.0.1 for this machine only, 0.0.0.0 for every network.",
  );
}

/** Browsers may take `localhost` for ::1 first: a program on that port there would be shown instead of us. */
async function otherLoopback(wanted: WantedPort): Promise<string | undefined> {
  if (wanted.host !== "127.0.0.1") return undefined;
  const code = await tryToListen("::1", wanted.port);
  return code === "EADDRINUSE" ? code : undefined;
}

/** @returns the error code, or undefined when it worked */
function tryToListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
