import { describe, expect, it } from "vitest";
import { catalogue } from "#lib/registry.ts";
import { cardDocs, staleFiles } from "./card-docs.ts";
import { readBacks } from "./read-backs.ts";

const docs = cardDocs(catalogue.cards);

describe("cardDocs", () => {
  it("has a page per card and an index that links to each", () => {
    expect(docs.size).toBe(catalogue.cards.length + 1);
    for (const { id } of catalogue.cards) {
      expect(docs.has(`${id}.md`), id).toBe(true);
      expect(docs.get("README.md")).toContain(`(${id}.md)`);
    }
  });

  it("is the same every time", () => {
    expect(cardDocs(catalogue.cards)).toEqual(docs);
  });

  it("says what a card takes, gives, calls and may do after a lost answer", () => {
    const create = docs.get("okta.users.create.md") ?? "";
    expect(create).toContain("# Create User");
    expect(create).toContain("`POST /api/v1/users`");
    expect(create).toContain("`okta.users.manage`");
    expect(create).toContain("read back first, and sent again only if it did not take effect");
    expect(create).toContain("| `profile.login` | text | **Required.**");
    expect(create).toContain("Only with Option: With password or With password and recovery questions.");
    expect(create).toContain('"login": "ann.lee@example.com"');
  });

  it("says the effect per choice where an option decides it", () => {
    const custom = docs.get("okta.api.custom.md") ?? "";
    expect(custom).toContain(
      "GET: reads only<br>POST: **writes**; after a lost answer it stops and asks a person",
    );
    expect(custom).toContain("PUT: **writes**; after a lost answer it is sent again");
    expect(custom).toContain("| Rate limit | depends on the Relative URL |");
    expect(custom).toContain("| Scopes | depends on the Relative URL |");
  });

  it("says which limit a card's calls count against", () => {
    expect(docs.get("okta.logs.search.md")).toContain(
      "| Rate limit | the System Log: `/api/v1/logs` ([published](",
    );
    for (const { id, endpoint, kind, connector } of catalogue.cards) {
      if (connector !== "okta" || kind !== "action" || !endpoint?.includes("/api/v1/")) continue;
      expect(docs.get(`${id}.md`), id).toContain("| Rate limit | ");
    }
  });

  it("says what an event card asks for, when, and which limit that counts against", () => {
    const page = docs.get("okta.groups.userAdded.md") ?? "";
    expect(page).toContain(
      "| Calls | `GET /api/v1/users/{id}/groups` where a later card reads User Groups<br>`GET /api/v1/users/{id}` where",
    );
    expect(page).toContain("<br>`GET` of one user: `/api/v1/users/{idOrLogin}` (");
    expect(docs.get("okta.groups.created.md")).not.toContain("| Calls |");
    const asking = catalogue.cards.filter(({ kind, scopes }) => {
      return kind === "event" && scopes.some((scope) => /\.(users|apps|roles)\.read$/.test(scope));
    });
    expect(asking.length).toBeGreaterThan(30);
    for (const { id, lookUps = [] } of asking) {
      expect(lookUps.length, id).toBeGreaterThan(0);
      expect(docs.get(`${id}.md`), id).toContain("| Rate limit | ");
    }
  });

  it("says what is looked at where a card is read back, and only there", () => {
    const read = catalogue.cards.filter(({ repeat }) => repeat === "check").map(({ id }) => id);
    expect(Object.keys(readBacks).sort()).toEqual(read.sort());
    expect(docs.get("okta.users.suspend.md")).toContain(
      "| Read back | `GET /api/v1/users/{id}`. It took effect where",
    );
  });

  it("says what other products call a card and where it differs", () => {
    const page = docs.get("okta.users.resetPassword.md") ?? "";
    expect(page).toContain("## In other products");
    expect(page).toContain("| HappyFox Workflows | Reset password for user |");
    expect(page).toContain("- HappyFox always sends the email; here it is an option.");
    expect(docs.get("core.if.md")).not.toContain("## In other products");
  });

  it("keeps every table row on one line with the right number of cells", () => {
    for (const [name, text] of docs) {
      const lines = text.split("\n");
      lines.forEach((line, index) => {
        if (!line.startsWith("|") || !lines[index - 1]?.startsWith("|")) return;
        const bars = (row: string) => row.replaceAll("\\|", "").split("|").length;
        expect(bars(line), `${name}:${index + 1}`).toBe(bars(lines[index - 1] ?? ""));
      });
    }
  });
});

describe("staleFiles", () => {
  it("finds pages that changed, are missing or are left over", () => {
    const expected = new Map([
      ["a.md", "1"],
      ["b.md", "2"],
      ["c.md", "3"],
    ]);
    const actual = new Map([
      ["a.md", "1"],
      ["b.md", "old"],
      ["gone.md", "4"],
    ]);
    expect(staleFiles(expected, actual)).toEqual(["b.md", "c.md", "gone.md"]);
    expect(staleFiles(expected, expected)).toEqual([]);
  });
});
