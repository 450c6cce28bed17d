// `node scripts/docs/main.ts` writes docs/cards, docs/coverage.md and the list of faults in docs/operating.md; with --check
// it writes nothing and exits 1 when they are stale.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { catalogue } from "#lib/registry.ts";
import { FAULT_ROWS } from "#lib/server/faults/rows.ts";
import { projectFolder } from "../project-folder.ts";
import { cardDocs, type Pages, staleFiles } from "./card-docs.ts";
import { coveragePage } from "./coverage-page.ts";
import { withFaults } from "./fault-table.ts";

const folder = path.join(projectFolder, "docs");

/** The page that is written by hand but for its list of faults. */
const OPERATING = "operating.md";

/** Every generated page by its path below docs/. */
async function expectedPages(): Promise<Pages> {
  const cards = [...cardDocs(catalogue.cards)].map(([name, text]) => [`cards/${name}`, text] as const);
  const operating = withFaults(await readFile(path.join(folder, OPERATING), "utf8"), FAULT_ROWS);
  return new Map([...cards, ["coverage.md", coveragePage(catalogue.cards)], [OPERATING, operating]]);
}

async function readPages(): Promise<Pages> {
  const cards = await unlessMissing(readdir(path.join(folder, "cards")), []);
  const names = [
    ...cards.filter((name) => name.endsWith(".md")).map((name) => `cards/${name}`),
    "coverage.md",
    OPERATING,
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

const expected = await expectedPages();
const stale = staleFiles(expected, await readPages());

if (process.argv.includes("--check")) {
  if (stale.length > 0) {
    console.error(`docs does not match the code: ${stale.join(", ")}.\nRun: node scripts/docs/main.ts`);
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
