import { readFile, writeFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { knownAllowances } from "./spec/allowances.ts";
import { SpecChecker } from "./spec/checker.ts";
import { findings } from "./spec/findings.ts";
import { recordEverything } from "./spec/record-everything.ts";

// Usage: node sandbox/spec-check.ts --spec FILE [--out FILE]
// FILE is Okta's Management API as OpenAPI 3 in JSON. --out keeps the exchanges, one JSON object per line. This looks at
// the sandbox org alone; scripts/check-okta.ts adds the cards.
const print = (text: string) => process.stdout.write(`${text}\n`);

const { values } = parseArgs({ options: { spec: { type: "string" }, out: { type: "string" } } });
if (!values.spec) {
  print("Say which OpenAPI file to hold the sandbox org against: node sandbox/spec-check.ts --spec FILE");
  process.exit(2);
}
const checker = new SpecChecker(JSON.parse(await readFile(values.spec, "utf8")), knownAllowances);
const exchanges = await recordEverything();
if (values.out) {
  await writeFile(values.out, exchanges.map((exchange) => `${JSON.stringify(exchange)}\n`).join(""));
}
const bad = findings(exchanges, (exchange) => checker.problems(exchange));
for (const line of bad) print(line);
print(`${exchanges.length} exchanges, ${bad.length} bad`);
process.exit(bad.length > 0 ? 1 : 0);
