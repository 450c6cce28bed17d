// `node scripts/docs/main.ts` writes docs/cards and docs/coverage.md; with --check it writes nothing and exits 1 when they
// are stale.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { catalogue } from "#lib/registry.ts";
import { projectFolder } from "../project-folder.ts";
import { cardDocs, type Pages, staleFiles } from "./card-docs.ts";
import { coveragePage } from "./coverage-page.ts";

const folder = path.join(projectFolder, "docs");

/** Every generated page by its path below docs/. */
function expectedPages(): Pages {
  const cards = [...cardDocs(catalogue.cards)].map(([name, text]) => [`cards/${name}`, text] as const);
  return new Map([...cards, ["coverage.md", coveragePage(catalogue.cards)]]);
}

async function readPages(): Promise<Pages> {
  const cards = await unlessMissing(readdir(path.join(folder, "cards")), []);
  const names = [
    ...cards.filter((name) => name.endsWith(".md")).map((name) => `cards/${name}`),
    "coverage.md",
  ];
  const pages = names.map(async (name): Promise<[string, string][]> => {
    const text = await unlessMissing(readFile(path.join(folder, name), "utf8"), null);
    return text === null ? [] : [[name, text]];
  });
  return new Map((await Promise.all(pages)).flat());
}

async function unlessMissing<T, U>(reading: Promise<T>, otherwise: U): Promise<T | U> {
  return reading.catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return otherwise;
    throw error;
  });
}

const expected = expectedPages();
const stale = staleFiles(expected, await readPages());

if (process.argv.includes("--check")) {
  if (stale.length > 0) {
    console.error(`docs does not match the cards: ${stale.join(", ")}.\nRun: node scripts/docs/main.ts`);
    process.exitCode = 1;
  }
} else {
  await mkdir(path.join(folder, "cards"), { recursive: true });
  for (const name of stale) {
    const content = expected.get(name);
    if (content === undefined) await rm(path.join(folder, name));
    else await writeFile(path.join(folder, name), content);
  }
  console.log(`docs: ${expected.size} generated pages, ${stale.length} changed.`);
}
