// Runs before every npm start, npm test and npm run dev, on whatever Node the machine has and before anything is
// installed: plain JavaScript, node: modules only. It installs what is missing; when nothing is, it takes milliseconds.
// After it, npm finds the pinned Node in node_modules/.bin first on its PATH, so the scripts themselves run on that.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

/** What npm and Prisma need (package.json, engines). */
const BOOTSTRAP_NODE = [20, 19];
/** The first Node that runs TypeScript files without a flag; needed where no pinned Node is published (macOS). */
const RUNTIME_NODE = [22, 18];

/** A problem whose message says what to do; printed without a stack. */
class BootstrapProblem extends Error {}

/**
 * Installs packages and generates the database client where needed.
 *
 * @param {string} project the folder that holds package.json
 * @returns {Promise<string[]>} what was done, in words; empty when everything was in place
 */
export async function bootstrap(project) {
  checkVersion(process.versions.node, BOOTSTRAP_NODE, "install Flowdeck");
  const done = [];
  if (await installPackages(project)) done.push("packages installed");
  checkRuntime(project);
  if (await generateClient(project)) done.push("database client generated");
  return done;
}

function checkVersion(version, [major, minor], purpose) {
  const [haveMajor = 0, haveMinor = 0] = version.split(".").map(Number);
  if (haveMajor > major || (haveMajor === major && haveMinor >= minor)) return;
  throw new BootstrapProblem(
    `Node ${major}.${minor} or newer is needed to ${purpose}, and this is Node ${version}.\n` +
      "Install the current LTS from https://nodejs.org and run the command again.",
  );
}

function checkRuntime(project) {
  const pinned = path.join(
    project,
    "node_modules",
    ".bin",
    process.platform === "win32" ? "node.cmd" : "node",
  );
  if (!existsSync(pinned)) checkVersion(process.versions.node, RUNTIME_NODE, "run Flowdeck on this system");
}

// ---- packages

async function installPackages(project) {
  const lockFile = path.join(project, "package-lock.json");
  if (!existsSync(lockFile)) {
    throw new BootstrapProblem(
      `${lockFile} is missing, so it is not known which packages belong to this version.\n` +
        "Restore it: git restore package-lock.json",
    );
  }
  const stamp = path.join(project, "node_modules", ".flowdeck-packages");
  const wanted = `${hash(readFileSync(lockFile))} ${process.platform}-${process.arch}`;
  if (readIfThere(stamp) === wanted) return false;
  const installed = installedMatches(project, lockFile);
  if (!installed) {
    console.log("Installing packages (the first time this takes about a minute) …");
    rmSync(stamp, { force: true });
    await npmInstall(project);
  }
  writeFileSync(stamp, wanted);
  return !installed;
}

/**
 * Whether node_modules already holds what the lock file says. npm notes what it installed in
 * node_modules/.package-lock.json, last of all; comparing the two spares a second install after `npm install`.
 */
function installedMatches(project, lockFile) {
  const note = readIfThere(path.join(project, "node_modules", ".package-lock.json"));
  if (note === undefined) return false;
  const wanted = JSON.parse(readFileSync(lockFile, "utf8")).packages;
  const present = JSON.parse(note).packages;
  const same = (name) =>
    wanted[name]?.version === present[name].version && wanted[name]?.integrity === present[name].integrity;
  const needed = (name) => name !== "" && !wanted[name].optional && !wanted[name].peer;
  return (
    Object.keys(present).every(same) && Object.keys(wanted).every((name) => name in present || !needed(name))
  );
}

/** Install scripts never run: none is needed, and on a closed network several of them hang or fail. */
async function npmInstall(project) {
  const args = [
    ...["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"],
    // NODE_ENV=production or an omit= in the user's npmrc would leave out the compiler or the pinned Node.
    ...["--include=dev", "--include=optional"],
  ];
  const npm = process.env.npm_execpath;
  const result =
    npm !== undefined && /npm-cli\.c?js$/.test(npm)
      ? await run(process.execPath, [npm, ...args], { cwd: project })
      : await run("npm", args, { cwd: project, shell: process.platform === "win32" });
  if (result.code !== 0) throw new BootstrapProblem(explainInstallFailure(result.errors));
}

/**
 * @param {string} errors what npm wrote to its error output
 * @returns {string} what went wrong and what to do
 */
export function explainInstallFailure(errors) {
  if (/ENOSPC/.test(errors)) {
    return "The packages could not be installed: the disk is full.\nFree about 2 GB and run the command again.";
  }
  if (/ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|ERR_SOCKET_TIMEOUT/.test(errors)) {
    return (
      "The packages could not be installed: the npm registry cannot be reached.\n" +
      "Check the network, and the proxy or registry settings (npm config get registry), and run the command again."
    );
  }
  if (/E401|E403|UNABLE_TO_|SELF_SIGNED_CERT/.test(errors)) {
    return (
      "The packages could not be installed: the npm registry refuses this machine (see above).\n" +
      "Check the registry's token or certificate in your npm settings (npm config list) and run the command again."
    );
  }
  if (/EACCES|EPERM|EROFS/.test(errors)) {
    return (
      "The packages could not be installed: this user may not write to the project folder (see above).\n" +
      "Correct the owner of the folder and run the command again."
    );
  }
  return "The packages could not be installed; npm says why above.\nWhen that is put right, run the command again.";
}

// ---- database client

async function generateClient(project) {
  const schema = path.join(project, "prisma", "schema.prisma");
  const client = path.join(project, "lib", "server", "db", "generated", "client.ts");
  const prisma = path.join(project, "node_modules", "prisma");
  if (!existsSync(schema)) return false;
  const stamp = path.join(project, "node_modules", ".flowdeck-client");
  const version = JSON.parse(readFileSync(path.join(prisma, "package.json"), "utf8")).version;
  const wanted = `${hash(readFileSync(schema))} prisma ${version}`;
  if (existsSync(client) && readIfThere(stamp) === wanted) return false;
  console.log("Generating the database client …");
  const result = await run(process.execPath, [path.join(prisma, "build", "index.js"), "generate"], {
    cwd: project,
    quiet: true,
    env: {
      ...process.env,
      // Generating needs no engine, but Prisma insists on one and would download it; any program will do.
      PRISMA_SCHEMA_ENGINE_BINARY: process.env.PRISMA_SCHEMA_ENGINE_BINARY ?? process.execPath,
      CHECKPOINT_DISABLE: "1",
      PRISMA_HIDE_UPDATE_MESSAGE: "1",
    },
  });
  if (result.code !== 0) {
    throw new BootstrapProblem(
      `The database client could not be generated from ${schema}:\n${result.errors.trim()}\n` +
        "Correct the schema (git restore prisma/schema.prisma) and run the command again.",
    );
  }
  writeFileSync(stamp, wanted);
  return true;
}

// ---- small things

function hash(content) {
  return createHash("sha256").update(content).digest("hex");
}

function readIfThere(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}

/** Runs a program, passing its output on unless `quiet`, and keeps what it wrote to its error output. */
function run(command, args, { quiet = false, ...options }) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      ...options,
      stdio: ["ignore", quiet ? "ignore" : "inherit", "pipe"],
    });
    let errors = "";
    child.stderr.on("data", (chunk) => {
      errors += chunk;
      if (!quiet) process.stderr.write(chunk);
    });
    child.once("error", (error) =>
      reject(new BootstrapProblem(`${command} could not be started (${error.message}).\nIs npm installed?`)),
    );
    child.once("close", (code) => resolve({ code, errors }));
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const project = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "..");
  const startedAt = Date.now();
  try {
    const done = await bootstrap(project);
    if (done.length > 0)
      console.log(`Ready: ${done.join(", ")} in ${Math.ceil((Date.now() - startedAt) / 1000)} s.`);
  } catch (error) {
    if (!(error instanceof BootstrapProblem)) throw error;
    console.error(`\n${error.message}\n`);
    process.exitCode = 1;
  }
}
