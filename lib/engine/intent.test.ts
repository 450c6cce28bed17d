import { expect, test } from "vitest";
import { card, flow, literal, World } from "./test-support.ts";

const written = { key: literal("k"), value: literal("v") };
const plan = flow({ e: card("event"), w: card("ask", written) }, "e > w");

/** A world whose clients tell of their calls, and whose worker dies at a point. */
async function diedAt(point: string): Promise<World> {
  const world = new World();
  world.tells = true;
  const died = Promise.withResolvers<void>();
  world.at = async (at) => {
    if (at !== point) return;
    died.resolve();
    await new Promise(() => {});
  };
  await Promise.race([world.run(plan), died.promise]);
  world.at = () => {};
  return world;
}

test("a write whose worker died at it leaves behind what was about to be sent", async () => {
  const world = await diedAt("before write k");
  expect(await world.run(plan)).toMatchObject({ status: "attention" });
  expect((await world.steps()).at(-1)).toMatchObject({
    path: "w",
    status: "unknown",
    exchanges: [{ method: "POST", path: "/k", leaving: true }],
  });
});

test("a write that was answered keeps its own calls only, in as many statements as before", async () => {
  const world = new World();
  world.tells = true;
  expect(await world.run(plan)).toMatchObject({ status: "succeeded" });
  expect(world.recorded()).toEqual(["e:succeeded w:running", "w:succeeded = succeeded"]);
  expect((await world.steps()).at(-1)?.exchanges).toEqual([expect.not.objectContaining({ leaving: true })]);
});

test("a store that fails ends the run, and nothing is sent", async () => {
  const world = new World();
  world.tells = true;
  world.at = (at) => {
    if (at === "before record") throw new Error("The database is away.");
  };
  await expect(world.run(plan)).rejects.toThrow("The database is away.");
  expect(world.calls).toEqual([]);
});
