import { connect, createServer, type Socket } from "node:net";

export interface Door {
  port: number;
  /** Where connections lead from now on. Shut until the first call. */
  open: (port: number, host?: string) => void;
  /** Breaks all connections and refuses new ones, as a host that is gone does. */
  shut: () => void;
  close: () => Promise<void>;
}

/** For tests: a port that leads to another one, or nowhere. What is behind it may go and come back under other ports. */
export async function openDoor(): Promise<Door> {
  const sockets = new Set<Socket>();
  let target: { port: number; host: string } | undefined;
  const watch = (socket: Socket, other: Socket) => {
    sockets.add(socket);
    socket
      .on("error", () => other.destroy())
      .on("close", () => {
        sockets.delete(socket);
        other.destroy();
      });
  };
  const server = createServer((socket) => {
    if (!target) return void socket.destroy();
    const through = connect(target.port, target.host);
    watch(socket, through);
    watch(through, socket);
    socket.pipe(through).pipe(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const shut = () => {
    target = undefined;
    for (const socket of sockets) socket.destroy();
  };
  return {
    port: typeof address === "object" && address ? address.port : 0,
    open: (port, host = "127.0.0.1") => {
      target = { port, host };
    },
    shut,
    close: () => {
      shut();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
