import { expect, test } from "vitest";
import { type HandleMeaning, handleId, readHandleId } from "./handle-ids.ts";

test.each<HandleMeaning>([
  { kind: "entry" },
  { kind: "exit", out: "true" },
  { kind: "input", path: ["profile", "firstName"] },
  { kind: "output", path: ["a/b", "c:d", "e f"] },
])("a handle's id reads back as what it stands for: %j", (meaning) => {
  expect(readHandleId(handleId(meaning))).toEqual(meaning);
});

test("ids that are none of ours are not understood", () => {
  expect(readHandleId(null)).toBeUndefined();
  expect(readHandleId("left")).toBeUndefined();
  expect(readHandleId("other:x")).toBeUndefined();
});
