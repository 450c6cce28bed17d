import { describe, expect, it } from "vitest";
import { card, flow, literal, ref, World } from "./test-support.ts";

const e = card("event");
const truth = (is: boolean) => ({ is: literal(is) });
const key = (name: string) => ({ key: literal(name) });

describe("walking a flow", () => {
  it("runs cards in order and hands outputs on", async () => {
    const world = new World();
    const plan = flow(
      {
        e,
        r: card("read", { key: ref("e", "id") }),
        w: card("safe", { key: literal("w"), value: ref("r", "value") }),
      },
      "e > r > w",
    );
    expect(await world.run(plan, { id: "u1" })).toEqual({ status: "succeeded" });
    expect(world.calls).toEqual(["read u1", "write w"]);
    const steps = await world.steps();
    expect(steps[2]).toMatchObject({
      path: "w",
      attempt: 1,
      exit: "next",
      inputs: { key: "w", value: "value of u1" },
      outputs: { value: 'w is "value of u1"' },
      exchanges: [{ method: "write", path: "/w", status: 200 }],
    });
  });

  it("looks up only what the flow uses of its event", async () => {
    const unused = new World();
    await unused.run(flow({ e }));
    expect(unused.calls).toEqual([]);
    const used = new World();
    await used.run(flow({ e, j: card("join", { parts: ref("e", "who") }) }, "e > j"));
    expect(used.calls).toEqual(["read who"]);
  });

  it("skips the dead branch, with the card that decided it, and runs what follows a live one", async () => {
    const world = new World();
    const plan = flow(
      { e, i: card("if", truth(true)), a: card("join"), b: card("join"), c: card("join"), d: card("join") },
      "e > i.true > a > d",
      "i.false > b > c > d",
    );
    await world.run(plan);
    expect(await world.outcome()).toEqual({
      e: "succeeded",
      i: "succeeded",
      a: "succeeded",
      b: "skipped by i",
      c: "skipped by i",
      d: "succeeded",
    });
  });

  it("runs a join once, after all that lead to it", async () => {
    const world = new World();
    const plan = flow(
      {
        e,
        a: card("read", key("a")),
        b: card("read", key("b")),
        j: card("join", { parts: { list: [ref("a", "value"), ref("b", "value")] } }),
      },
      "e > a > j",
      "e > b > j",
    );
    await world.run(plan);
    const joins = (await world.steps()).filter(({ path }) => path === "j");
    expect(joins.map(({ outputs }) => outputs)).toEqual([{ value: '["value of a","value of b"]' }]);
  });

  it("names the inner decision for cards behind nested branches that meet", async () => {
    const world = new World();
    const plan = flow(
      {
        e,
        outer: card("if", truth(true)),
        inner: card("if", truth(false)),
        x: card("join"),
        y: card("join"),
        meet: card("join"),
        dead: card("join"),
      },
      "e > outer.true > inner.true > x > dead",
      "inner.false > meet",
      "outer.false > y > meet",
      "y > dead",
    );
    await world.run(plan);
    expect(await world.outcome()).toMatchObject({
      x: "skipped by inner",
      y: "skipped by outer",
      meet: "succeeded",
      dead: "skipped by inner",
    });
  });

  it("skips what nothing leads to, naming no decision, and what comes behind it, naming that", async () => {
    const world = new World();
    await world.run(flow({ e, lost: card("join"), behind: card("join") }, "lost > behind"));
    expect(await world.outcome()).toEqual({ e: "succeeded", lost: "skipped", behind: "skipped by lost" });
  });

  it("takes what a skipped card would have given for empty", async () => {
    const world = new World();
    const plan = flow(
      {
        e,
        i: card("if", truth(false)),
        a: card("read", key("a")),
        j: card("join", { parts: ref("a", "value") }),
      },
      "e > i.true > a > j",
      "i.false > j",
    );
    await world.run(plan);
    expect((await world.steps()).find(({ path }) => path === "j")?.outputs).toEqual({ value: "[]" });
  });

  it("ends the whole flow where a card says so, with its reason", async () => {
    const world = new World();
    const plan = flow(
      { e, c: card("continue", truth(false)), a: card("safe", key("a")), b: card("safe", key("b")) },
      "e > c > a",
      "e > b",
    );
    const ending = await world.run(plan);
    expect(ending).toEqual({ status: "succeeded", reason: "It is not." });
    expect(world.calls).toEqual([]);
    expect(await world.outcome()).toMatchObject({ c: "succeeded", a: "skipped by c", b: "skipped by c" });
  });

  it("ends with the result a card returns", async () => {
    const world = new World();
    const plan = flow({ e, r: card("return", { value: ref("e", "id") }) }, "e > r");
    expect(await world.run(plan, { id: "u1" })).toMatchObject({
      status: "succeeded",
      result: { value: "u1" },
    });
    expect(world.store.endings.get("e1")).toMatchObject({ result: { value: "u1" } });
  });

  it("masks secrets in the record, and only there", async () => {
    const world = new World();
    const plan = flow({ e, w: card("safe", { ...key("w"), password: literal("s3cret!") }) }, "e > w");
    await world.run(plan);
    expect(world.written.get("w")?.value).toContain("s3cret!");
    expect(JSON.stringify(world.batches.map(({ steps }) => steps.map(({ inputs }) => inputs)))).not.toContain(
      "s3cret!",
    );
  });
});

describe("recording", () => {
  const fiveCards = flow(
    {
      e,
      r: card("read", key("r")),
      i: card("if", truth(true)),
      w1: card("safe", key("w1")),
      w2: card("safe", key("w2")),
      other: card("safe", key("other")),
    },
    "e > r > i.true > w1 > w2",
    "i.false > other",
  );

  it("costs one statement per write and one to end", async () => {
    const world = new World();
    await world.run(fiveCards);
    expect(world.recorded()).toEqual([
      "e:succeeded r:succeeded i:succeeded w1:running",
      "w1:succeeded other:skipped w2:running",
      "w2:succeeded = succeeded",
    ]);
  });

  it("costs one statement where nothing is written", async () => {
    const world = new World();
    await world.run(flow({ e, r: card("read", key("r")), j: card("join") }, "e > r > j"));
    expect(world.recorded()).toEqual(["e:succeeded r:succeeded j:succeeded = succeeded"]);
  });

  it("keeps nothing back longer than people watching would like", async () => {
    const world = new World();
    world.at = (point) => {
      if (point.startsWith("after read")) world.time += 600;
    };
    const reads = ["a", "b", "c", "d"].map((name) => [name, card("read", key(name))] as const);
    await world.run(flow({ e, ...Object.fromEntries(reads) }, "e > a > b > c > d"));
    expect(world.recorded()).toEqual([
      "e:succeeded a:succeeded b:succeeded",
      "c:succeeded d:succeeded = succeeded",
    ]);
  });

  it("makes the outcome of a write that can't be sent again durable before a slow read", async () => {
    const world = new World();
    const cards = { e, w: card("ask", key("w")), j: card("join"), r: card("read", key("r")) };
    await world.run(flow(cards, "e > w > j > r"));
    expect(world.recorded()).toEqual([
      "e:succeeded w:running",
      "w:succeeded j:succeeded",
      "r:succeeded = succeeded",
    ]);
  });

  it("has the running row of a write durable before the write", async () => {
    const world = new World();
    let checked = 0;
    world.at = async (point) => {
      const [when, kind, path] = point.split(" ");
      if (when !== "before" || kind !== "write") return;
      checked++;
      expect((await world.steps()).findLast((step) => step.path === path)).toMatchObject({
        status: "running",
      });
    };
    await world.run(fiveCards);
    expect(checked).toBe(2);
  });

  it("asks for no steps where the claim knows that there are none", async () => {
    const world = new World();
    const { runFlow } = await import("./run-flow.ts");
    const steps = async () => {
      throw new Error("It asked.");
    };
    const record = world.store.record.bind(world.store);
    const sinceIntent = world.store.sinceIntent.bind(world.store);
    const ports = { ...world, store: { steps, record, sinceIntent } };
    const execution = { id: "e1", fence: 1, mode: "live" as const, trigger: {}, fresh: true };
    expect(await runFlow({ execution, plan: flow({ e }), ports })).toEqual({ status: "succeeded" });
  });
});
