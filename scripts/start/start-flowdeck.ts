import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type { ServerGuard } from "../database/guard-server.ts";
import { prepareDatabase } from "../database/prepare-database.ts";
import { Problem } from "../problem.ts";
import { projectFolder } from "../project-folder.ts";
import { buildConsole } from "./build-console.ts";
import { checkPorts } from "./check-ports.ts";
import { type Installation, type LaunchSettings, openInstallation, readSettings } from "./installation.ts";
import { claimInstance, type Instance } from "./instance.ts";
import { seedDatabase } from "./seed-database.ts";
import { ServiceLog } from "./service-log.ts";
import { type ServicePlan, sandboxService, webService, workerService } from "./services.ts";
import { type SupervisedService, type SupervisorEvents, supervise } from "./supervise.ts";
import { waitForHealth } from "./wait-for-health.ts";

const READY_WITHIN_MS = 120_000;

/** How an instance is started. */
export interface StartOptions {
  /** The environment variables to go by. */
  source: NodeJS.ProcessEnv;
  /** Reload on changes instead of building. */
  dev: boolean;
  /** Show every line the services write, not only warnings. */
  verbose: boolean;
  /** Takes what a person should read. */
  print(line: string): void;
  /** Ends the start early, with everything that was started so far. */
  signal: AbortSignal;
  /** Ends the services by force, whatever they are doing; the database still stops cleanly. */
  force: AbortSignal;
}

/** A running instance. */
export interface RunningFlowdeck {
  kind: "running";
  /** Address of the console on this machine. */
  address: string;
  sandboxUrl: string;
  /** The environment its processes run with. Contains secrets: never print it. */
  environment: NodeJS.ProcessEnv;
  /** Fulfilled, with the reason, when it cannot go on. Stop it then. */
  gaveUp: Promise<Problem>;
  /** Stops everything in order; the database last. Safe to call twice. */
  stop(): Promise<void>;
}

/** The data folder is in use by a living instance. */
export interface AlreadyRunning {
  kind: "already-running";
  address: string;
  pid: number;
}

/**
 * Starts the whole product: database, migrations, seed, build, sandbox org, web and worker, and waits until
 * /api/health says that they work together.
 *
 * @throws Problem or EnvironmentProblem when it cannot be started; everything started so far is stopped again
 */
export async function startFlowdeck(options: StartOptions): Promise<RunningFlowdeck | AlreadyRunning> {
  const launch = readSettings(options.source);
  const address = `http://localhost:${launch.settings.port}`;
  const claim = await claimInstance(launch.dataFolder, address);
  if (claim.kind === "already-running") return claim;
  if (claim.leftovers > 0)
    options.print("Stopped what an earlier Flowdeck, which was killed, had left running.");
  const start = new Start(options, launch, claim.instance, address);
  try {
    return await start.run();
  } catch (error) {
    await start.stop();
    throw options.signal.aborted ? options.signal.reason : error;
  }
}

/** One start; knows what has to be undone. */
class Start {
  readonly #options: StartOptions;
  readonly #launch: LaunchSettings;
  readonly #instance: Instance;
  readonly #address: string;
  readonly #services: SupervisedService[] = [];
  #installation: Installation | undefined;
  #guard: ServerGuard | undefined;
  #stopped: Promise<void> | undefined;

  constructor(options: StartOptions, launch: LaunchSettings, instance: Instance, address: string) {
    this.#options = options;
    this.#launch = launch;
    this.#instance = instance;
    this.#address = address;
    options.force.addEventListener("abort", () => {
      for (const service of this.#services) service.kill();
    });
  }

  async run(): Promise<RunningFlowdeck> {
    const { settings } = this.#launch;
    await checkPorts([
      { purpose: "the console", port: settings.port, variable: "PORT", host: settings.host },
      { purpose: "the sandbox org", port: settings.sandboxPort, variable: "SANDBOX_PORT", host: "127.0.0.1" },
    ]);
    const installation = await this.#openDatabase();
    const plan = this.#plan(installation);
    if (!plan.dev) await this.#step(() => buildConsole(projectFolder, this.#options));
    await this.#startServices(plan);
    this.#guard = installation.database.guard?.(this.#options.print);
    return {
      kind: "running",
      address: this.#address,
      sandboxUrl: installation.sandboxUrl,
      environment: installation.environment,
      gaveUp: this.#anyGivesUp(),
      stop: () => this.stop(),
    };
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stopOnce();
    return this.#stopped;
  }

  async #openDatabase(): Promise<Installation> {
    const installation = await this.#step(() => openInstallation(this.#options.source, this.#options.print));
    this.#installation = installation;
    this.#options.print(`Database: ${installation.database.description}`);
    const applied = await this.#step(() => prepareDatabase(installation.database.url));
    if (applied.length > 0)
      this.#options.print(`Database brought up to date (${applied.length} migrations).`);
    return installation;
  }

  #plan(installation: Installation): ServicePlan {
    const { host, port } = this.#launch.settings;
    return {
      project: projectFolder,
      environment: installation.environment,
      host,
      port,
      dev: this.#options.dev,
    };
  }

  async #startServices(plan: ServicePlan): Promise<void> {
    const log = new ServiceLog(path.join(this.#launch.dataFolder, "logs"), {
      showAll: this.#options.verbose,
      print: this.#options.print,
    });
    const events: SupervisorEvents = {
      line: (service, text, stream) => log.line(service, text, stream),
      notify: this.#options.print,
      spawned: (pid) => this.#instance.addChild(pid),
    };
    // The seed connects the sandbox org, so that is first; web and worker find everything in place.
    const sandbox = supervise(sandboxService(plan), events);
    this.#services.push(sandbox);
    await this.#untilReady(announced(sandbox));
    await this.#step(() => seedDatabase(plan, this.#options.signal));
    const worker = supervise(workerService(plan), events);
    const web = supervise(webService(plan), events);
    this.#services.push(worker, web);
    await this.#untilReady(announced(worker));
    const done = new AbortController();
    const signal = AbortSignal.any([done.signal, this.#options.signal]);
    try {
      await this.#untilReady(waitForHealth(listeningOrigin(plan.host, plan.port), READY_WITHIN_MS, signal));
      web.confirmReady();
    } finally {
      done.abort();
    }
  }

  /** Services stop while the database is still there; the sandbox org last, for the worker finishes calls to it. */
  async #stopOnce(): Promise<void> {
    const [sandbox, ...others] = this.#services;
    await Promise.all(others.map((service) => service.stop()));
    await sandbox?.stop();
    await this.#guard?.stop();
    await this.#installation?.database.close();
    this.#instance.release();
  }

  #anyGivesUp(): Promise<Problem> {
    const databaseGaveUp = this.#guard === undefined ? [] : [this.#guard.gaveUp];
    return Promise.race([...this.#services.map((service) => service.gaveUp), ...databaseGaveUp]);
  }

  /** Waits for something, unless a service dies or the person at the terminal gives up first. */
  async #untilReady(ready: Promise<void>): Promise<void> {
    const failed = this.#anyGivesUp().then((problem) => Promise.reject(problem));
    await Promise.race([ready, failed, rejectedOn(this.#options.signal)]);
  }

  /** A step runs to its end once begun; after an interruption no further one is. */
  #step<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#options.signal.throwIfAborted();
    return work();
  }
}

/** A service that hangs on its way up would otherwise keep the person at the terminal waiting for ever. */
async function announced(service: SupervisedService): Promise<void> {
  const done = new AbortController();
  const late = sleep(READY_WITHIN_MS, "late", { signal: done.signal }).catch(() => "done");
  const first = await Promise.race([service.ready, late]);
  done.abort();
  if (first !== "late") return;
  throw new Problem(
    `${service.name} did not become ready within ${READY_WITHIN_MS / 1000} s.`,
    `Its log is in the data folder: logs/${service.name}.log.`,
  );
}

function rejectedOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}

/** Where this machine reaches a server that listens on `host`. */
function listeningOrigin(host: string, port: number): string {
  if (host === "0.0.0.0") return `http://127.0.0.1:${port}`;
  if (host === "::") return `http://[::1]:${port}`;
  return `http://${host.includes(":") ? `[${host}]` : host}:${port}`;
}
