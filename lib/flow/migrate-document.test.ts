import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isJsonObject, type JsonObject } from "./json.ts";
import {
  DocumentError,
  DocumentTooNewError,
  type Migration,
  migrateDocument,
  readDocument,
} from "./migrate-document.ts";
import { migrations } from "./migrations/all.ts";
import { MAX_DEPTH, MAX_VALUES } from "./shape-guard.ts";
import { deepFreeze, document } from "./test-documents.ts";

const flow = (cards: object) => ({ format: 1, name: "Onboarding", cards, edges: [], layout: {} });

function issuesOf(input: unknown) {
  try {
    readDocument(input);
  } catch (error) {
    if (error instanceof DocumentError) return error.issues;
    throw error;
  }
  throw new Error("The document was accepted.");
}

describe("reading a document", () => {
  it("gives back what was written, for any document", () => {
    fc.assert(
      fc.property(document, (given) => {
        expect(readDocument(JSON.parse(JSON.stringify(given)))).toEqual(given);
      }),
    );
  });

  it("accepts anything or throws a DocumentError, never anything else", () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withMap: true }), (input) => {
        try {
          readDocument(input);
        } catch (error) {
          expect(error instanceof DocumentError || error instanceof DocumentTooNewError).toBe(true);
        }
      }),
    );
  });

  it("refuses a document of a newer Flowdeck by name", () => {
    const newer = { format: 7, whatever: true };
    expect(() => readDocument(newer)).toThrow(DocumentTooNewError);
    expect(() => readDocument(newer)).toThrow(/format 7.*up to format 1.*Update/);
  });

  it("refuses what names no format", () => {
    for (const input of [null, [], "{}", {}, { format: "1" }, { format: 0 }, { format: 1.5 }]) {
      expect(() => readDocument(input)).toThrow(DocumentError);
    }
  });

  it("refuses nesting that would overflow the stack, and sizes no flow has, before looking closer", () => {
    let deep: unknown = 1;
    for (let level = 0; level < 50_000; level++) deep = [deep];
    expect(issuesOf(flow({ c1: { card: "a", v: 1, inputs: { x: { value: deep } } } }))[0]?.message).toContain(
      `${MAX_DEPTH} levels`,
    );
    expect(issuesOf(Array.from({ length: MAX_VALUES + 1 }, () => 0))[0]?.message).toContain("values");
    expect(issuesOf({ format: 1, name: "x".repeat(6_000_000) })[0]?.message).toContain("characters");
  });

  it("ends on an object that holds itself", () => {
    const round: Record<string, unknown> = { format: 1 };
    round.self = round;
    expect(() => readDocument(round)).toThrow(DocumentError);
  });
});

describe("naming the place of a mistake", () => {
  it("names card and field of a reserved key deep in the inputs", () => {
    const inputs = { profile: { object: { login: { ref: ["c1", "constructor"] } } } };
    expect(issuesOf(flow({ c2: { card: "a", v: 1, inputs } }))).toEqual([
      expect.objectContaining({
        card: "c2",
        field: expect.arrayContaining(["profile", "login"]),
        severity: "error",
      }),
    ]);
    expect(issuesOf(flow({ c2: { card: "a", v: 1, inputs } }))[0]?.message).toContain(
      "This key is reserved.",
    );
  });

  it("says what kinds of value there are where it is none of them", () => {
    const [issue] = issuesOf(flow({ c2: { card: "a", v: 1, inputs: { login: { literal: "x" } } } }));
    expect(issue).toMatchObject({ card: "c2", field: ["login"] });
    expect(issue?.message).toContain("none of the kinds of value");
  });

  it("names an id that is none, a missing part and an unknown one", () => {
    expect(issuesOf(flow({ "c 1": { card: "a", v: 1 } }))[0]?.message).toContain(
      "An id starts with a letter",
    );
    expect(issuesOf(flow({ constructor: { card: "a", v: 1 } }))[0]?.message).toContain("reserved");
    expect(issuesOf(flow({ c1: { v: 1 } }))[0]).toMatchObject({ card: "c1" });
    expect(issuesOf(flow({ c1: { card: "a", v: 1, color: "red" } }))[0]?.message).toContain("color");
    expect(issuesOf({ format: 1 })[0]?.message).toContain("name");
  });

  it("names twenty places at most", () => {
    const cards = Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`c${index}`, { v: 1 }]));
    expect(issuesOf(flow(cards))).toHaveLength(20);
  });
});

describe("migrations", () => {
  const rename: Migration = {
    from: 1,
    migrate: ({ title, ...rest }) => ({ ...rest, name: title ?? "" }),
  };
  const addEdges: Migration = { from: 2, migrate: (before) => ({ edges: [], ...before }) };

  it("run in the order of formats, however they are listed, up to the current one", () => {
    const old: JsonObject = deepFreeze({ format: 1, title: "Leavers" });
    expect(migrateDocument(old, [addEdges, rename], 3)).toEqual({ format: 3, name: "Leavers", edges: [] });
  });

  it("start at the document's own format", () => {
    expect(migrateDocument({ format: 2, title: "kept" }, [rename, addEdges], 3)).toEqual({
      format: 3,
      title: "kept",
      edges: [],
    });
  });

  it("may change their argument without changing what was given", () => {
    const given = { format: 1, cards: { c1: { v: 1 } } };
    const careless: Migration = {
      from: 1,
      migrate: (before) => {
        if (isJsonObject(before.cards)) delete before.cards.c1;
        return before;
      },
    };
    expect(migrateDocument(given, [careless], 2)).toEqual({ format: 2, cards: {} });
    expect(given.cards).toEqual({ c1: { v: 1 } });
  });

  it("that are missing refuse the document instead of skipping a format", () => {
    expect(() => migrateDocument({ format: 1 }, [addEdges], 3)).toThrow(/Format 1 is no longer read/);
  });

  it("refuse what is newer than the newest", () => {
    expect(() => migrateDocument({ format: 4 }, [rename, addEdges], 3)).toThrow(DocumentTooNewError);
  });

  it("that are released lead from format 1 to the current one without a gap", () => {
    expect(migrations.map((migration) => migration.from)).toEqual(migrations.map((_, index) => index + 1));
    expect(migrateDocument({ format: 1, name: "x" })).toMatchObject({ format: migrations.length + 1 });
  });
});
