import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";

/**
 * The releases compared with. Nothing of ours needs them. n8n's next release, 2.41, asked for a version of its own
 * package @n8n/agents that the registry did not have.
 */
export const VERSIONS = { "@dbos-inc/dbos-sdk": "5.3.0", "node-red": "5.0.7", n8n: "2.40.7" } as const;

type Product = keyof typeof VERSIONS;

/** Of what a product needs: later releases of linkedom need cssomnom, which was nowhere to be had. */
const OVERRIDES: Partial<Record<Product, object>> = { n8n: { linkedom: "0.18.12" } };

/** Where installed products stay. */
const kept = process.env.COMPARE_DIR;

const folders = new Map<Product, Promise<string>>();

/**
 * Installs a product, once per process, into a folder of its own, which `removeInstalled` takes away. With COMPARE_DIR it stays
 * there for the next run. Install scripts do not run: none is needed, and some would download programs.
 *
 * @returns the folder with its node_modules
 * @throws Error with npm's words when it can't be installed
 */
export function installed(product: Product): Promise<string> {
  const folder = folders.get(product) ?? install(product);
  folders.set(product, folder);
  return folder;
}

/** Takes away what `installed` brought, unless it is to stay. */
export async function removeInstalled(): Promise<void> {
  if (kept !== undefined) return;
  const all = await Promise.allSettled(folders.values());
  for (const result of all)
    if (result.status === "fulfilled") await rm(result.value, { recursive: true, force: true });
}

async function install(product: Product): Promise<string> {
  const folder = await folderOf(product);
  // npm writes this one last.
  if (existsSync(path.join(folder, "node_modules", ".package-lock.json"))) return folder;
  await writeFile(path.join(folder, "package.json"), JSON.stringify({ overrides: OVERRIDES[product] }));
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const flags = ["--ignore-scripts", "--omit=optional", "--no-audit", "--no-fund", "--loglevel=error"];
  const args = ["install", ...flags, "--prefix", folder, `${product}@${VERSIONS[product]}`];
  try {
    await promisify(execFile)(npm, args, { cwd: folder });
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error;
  }
  return folder;
}

async function folderOf(product: Product): Promise<string> {
  if (kept === undefined) return mkdtemp(path.join(tmpdir(), "flowdeck-compare-"));
  const folder = path.resolve(kept, `${path.basename(product)}-${VERSIONS[product]}`);
  await mkdir(folder, { recursive: true });
  return folder;
}
