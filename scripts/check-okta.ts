// `npm run check:okta -- --spec FILE [--out FILE]` holds the sandbox org and every action card against Okta's own document.
// FILE is Okta's Management API as OpenAPI 3 in JSON. --out keeps the exchanges, one JSON object per line.
import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import type { Exchange } from "../sandbox/http/pipeline.ts";
import { knownAllowances } from "../sandbox/spec/allowances.ts";
import { SpecChecker } from "../sandbox/spec/checker.ts";
import { findings } from "../sandbox/spec/findings.ts";
import { recordEverything } from "../sandbox/spec/record-everything.ts";
import { RequestChecker } from "../sandbox/spec/request-checker.ts";
import { driveCards } from "./okta-contract/drive-cards.ts";

const { values } = parseArgs({ options: { spec: { type: "string" }, out: { type: "string" } } });
if (!values.spec) {
  console.error("Say which OpenAPI file to hold the cards against: npm run check:okta -- --spec FILE");
  process.exit(2);
}
const document: unknown = JSON.parse(await readFile(values.spec, "utf8"));
const answers = new SpecChecker(document, knownAllowances);
const requests = new RequestChecker(document, knownAllowances);

// A 501 of the sandbox org, for what it lacks, is among the problems: Okta's document knows none.
const problemsOf = (exchange: Exchange) => [...requests.problems(exchange), ...answers.problems(exchange)];

const everything = await recordEverything();
const badAnswers = findings(everything, (exchange) => answers.problems(exchange));
for (const line of badAnswers) console.log(line);
console.log(`The sandbox org: ${everything.length} exchanges, ${badAnswers.length} bad`);

const { cards, drives } = await driveCards();
const badDrives = drives.flatMap(({ name, problems, exchanges }) => [
  ...problems.map((problem) => `${name}: ${problem}`),
  ...findings(exchanges, problemsOf).map((line) => `${name}: ${line}`),
]);
for (const line of badDrives) console.log(line);
const exchanges = drives.flatMap((drive) => drive.exchanges);
const bodies = exchanges.filter(({ requestBody }) => requestBody !== undefined);
console.log(
  `${cards} cards, ${exchanges.length} exchanges, ${bodies.length} request bodies, ${badDrives.length} bad`,
);

if (values.out) {
  const lines = [...everything, ...exchanges].map((exchange) => `${JSON.stringify(exchange)}\n`);
  await writeFile(values.out, lines.join(""));
}
process.exitCode = badAnswers.length + badDrives.length > 0 ? 1 : 0;
