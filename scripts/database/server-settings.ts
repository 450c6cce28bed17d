/** How carefully the server writes. A throw-away database for tests gives up its safety for speed. */
export type Durability = "durable" | "throw-away";

/**
 * The settings of an embedded server, as command line options.
 * They stand here and not in postgresql.conf so that an upgrade of Flowdeck changes them for existing databases.
 *
 * @param port the TCP port on 127.0.0.1
 */
export function serverOptions(port: number, durability: Durability): string[] {
  const settings: Record<string, string> = {
    // Reachable from this machine only, and only with the password.
    listen_addresses: "127.0.0.1",
    unix_socket_directories: "",
    max_connections: "100",
    // Modest, so that web, worker and database together stay far below a small machine's memory.
    shared_buffers: "128MB",
    effective_cache_size: "512MB",
    work_mem: "8MB",
    maintenance_work_mem: "64MB",
    // The files live on SSDs nowadays; the default (4) makes the planner avoid indexes.
    random_page_cost: "1.1",
    // Compiling a query costs more than the short queries of a flow builder take.
    jit: "off",
    // Parallel queries need /dev/shm, of which a container has 64 MB: "could not resize shared memory segment".
    max_parallel_workers_per_gather: "0",
    // A client whose machine vanished without a word frees its locks after about 25 s, not after two hours.
    tcp_keepalives_idle: "10",
    tcp_keepalives_interval: "5",
    tcp_keepalives_count: "3",
    // A client that was killed in the middle of a long statement frees its locks within two seconds as well.
    // (Windows cannot tell.)
    ...(process.platform === "win32" ? {} : { client_connection_check_interval: "2s" }),
    log_timezone: "UTC",
    timezone: "UTC",
    ...(durability === "throw-away" ? FOR_TESTS : {}),
  };
  return [
    "-p",
    String(port),
    ...Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]),
  ];
}

/** Three test files at once, each with a few workers of a dozen connections, are more than an instance ever has. */
const FOR_TESTS = {
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  max_connections: "300",
};
