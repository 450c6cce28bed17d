import { expect, it } from "vitest";
import { readView, type SandboxView, writeView } from "./sandbox-view.ts";

const read = (address: string) => readView(new URLSearchParams(address));

it.each<SandboxView>([
  { tab: "people", text: "" },
  { tab: "people", text: "ann & co", group: "00g1" },
  { tab: "apps", text: "", app: "0oa1" },
  { tab: "log", text: "x", type: "user.account.lock" },
])("reads back what it wrote: %j", (view) => {
  expect(read(writeView(view))).toEqual({ group: undefined, app: undefined, type: undefined, ...view });
});

it("stays short where nothing is chosen", () => {
  expect(writeView({ tab: "people", text: "" })).toBe("");
  expect(writeView({ tab: "faults", text: "" })).toBe("tab=faults");
});

it("shows people where the address makes no sense", () => {
  expect(read("tab=nonsense")).toMatchObject({ tab: "people" });
  expect(read(`text=${"x".repeat(500)}`).text).toHaveLength(200);
});
