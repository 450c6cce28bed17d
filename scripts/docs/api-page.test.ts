import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { Endpoint } from "#lib/api/endpoint.ts";
import { endpoints } from "#lib/api/endpoints.ts";

// Written by hand, the table of addresses in docs/api.md had missed an address and what another one does since it was written.
const page = readFileSync(new URL("../../docs/api.md", import.meta.url), "utf8");

function rowOf({ method, path, summary, permission }: Endpoint): string {
  const right =
    permission === "public" ? "none needed" : permission === "signedIn" ? "any account" : `\`${permission}\``;
  return `| \`${method} ${path}\` | ${summary} | ${right} |`;
}

test("docs/api.md lists every address with what it does and who may call it, and no other", () => {
  const listed = page.split("\n").filter((line) => /^\| `[A-Z]+ \/api\//.test(line));
  expect(listed.toSorted()).toEqual(endpoints.map(({ endpoint }) => rowOf(endpoint)).toSorted());
});
