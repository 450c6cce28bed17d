// `node scripts/docs/main.ts` writes docs/cards; with --check it writes nothing and exits 1 when they are stale.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { catalogue } from "#lib/registry.ts";
import { projectFolder } from "../project-folder.ts";
import { cardDocs, type Pages, staleFiles } from "./card-docs.ts";

const folder = path.join(projectFolder, "docs", "cards");

async function readPages(): Promise<Pages> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  const pages = names
    .filter((name) => name.endsWith(".md"))
    .map(async (name) => [name, await readFile(path.join(folder, name), "utf8")] as const);
  return new Map(await Promise.all(pages));
}

const expected = cardDocs(catalogue.cards);
const stale = staleFiles(expected, await readPages());

if (process.argv.includes("--check")) {
  if (stale.length > 0) {
    console.error(
      `docs/cards does not match the cards: ${stale.join(", ")}.\nRun: node scripts/docs/main.ts`,
    );
    process.exitCode = 1;
  }
} else {
  await mkdir(folder, { recursive: true });
  for (const name of stale) {
    const content = expected.get(name);
    if (content === undefined) await rm(path.join(folder, name));
    else await writeFile(path.join(folder, name), content);
  }
  console.log(`docs/cards: ${expected.size} pages, ${stale.length} changed.`);
}
