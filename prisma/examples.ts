import { readdirSync, readFileSync } from "node:fs";
import type { FlowDocument } from "../lib/flow/document.ts";
import { readDocument } from "../lib/flow/migrate-document.ts";

const FOLDER = new URL("./examples/", import.meta.url);

/** The flows a fresh installation begins with, by file name. They are written against the sandbox org's seed. */
export function exampleFlows(): FlowDocument[] {
  return readdirSync(FOLDER)
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => readDocument(JSON.parse(readFileSync(new URL(name, FOLDER), "utf8"))));
}
