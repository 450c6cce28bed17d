import { DatabaseError } from "pg";
import { expect, test } from "vitest";
import { together } from "./together.ts";

/** Statements that end when the test says so, and what each was given. */
function statements() {
  const sent: string[][] = [];
  const ends: (() => void)[] = [];
  const run = (items: string[]) => {
    sent.push(items);
    return new Promise<string[]>((resolve) => ends.push(() => resolve(items.map((item) => `${item}!`))));
  };
  const turn = () => new Promise((resolve) => setImmediate(resolve));
  const end = async (index: number) => {
    ends[index]?.();
    await turn();
    await turn();
  };
  return { sent, run, end, turn };
}

const itself = (item: string) => item;

test("shares a statement among what comes at once and while one is under way, and answers each its own", async () => {
  const { sent, run, end, turn } = statements();
  const call = together(run, itself);
  const first = [call("a"), call("b")];
  await turn();
  const second = [call("c")];
  await turn();
  second.push(call("d"));
  await turn();
  expect(sent).toEqual([["a", "b"]]);
  await end(0);
  expect(await Promise.all(first)).toEqual(["a!", "b!"]);
  expect(sent).toEqual([
    ["a", "b"],
    ["c", "d"],
  ]);
  await end(1);
  expect(await Promise.all(second)).toEqual(["c!", "d!"]);
});

test("never puts two of one key into a statement, and keeps their order", async () => {
  const { sent, run, end, turn } = statements();
  const call = together(run, (item) => item.slice(0, 1));
  const all = [call("a1"), call("a2"), call("b1")];
  await turn();
  expect(sent).toEqual([["a1", "b1"]]);
  await end(0);
  expect(sent).toEqual([["a1", "b1"], ["a2"]]);
  await end(1);
  expect(await Promise.all(all)).toEqual(["a1!", "a2!", "b1!"]);
});

test.each([new DatabaseError("invalid input", 1, "error"), new RangeError("Invalid string length")])(
  "an item that can't be stored does not take its neighbours along: %s",
  async (refused) => {
    const call = together(async (items: string[]) => {
      if (items.includes("bad")) throw refused;
      return items;
    }, itself);
    const results = await Promise.allSettled([call("a"), call("bad"), call("b")]);
    expect(results).toEqual([
      { status: "fulfilled", value: "a" },
      { status: "rejected", reason: refused },
      { status: "fulfilled", value: "b" },
    ]);
  },
);

test.each([
  new Error("Connection terminated unexpectedly"),
  Object.assign(new DatabaseError("terminating connection", 1, "error"), { code: "57P01" }),
])("a lost connection is told to all, for what was committed is not known: %s", async (lost) => {
  let tries = 0;
  const call = together(async (): Promise<string[]> => {
    tries += 1;
    throw lost;
  }, itself);
  const results = await Promise.allSettled([call("a"), call("b")]);
  expect(results.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(tries).toBe(1);
});
