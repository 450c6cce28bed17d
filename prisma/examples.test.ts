import { describe, expect, it } from "vitest";
import { validate } from "../lib/cards/validate.ts";
import { catalogue } from "../lib/registry.ts";
import { exampleFlows } from "./examples.ts";

describe("example flows", () => {
  it.each(exampleFlows().map((document) => [document.name, document] as const))(
    "%s can be published as it is",
    (_name, document) => {
      const context = { connections: [{ alias: "sandbox", connector: "okta" }] };
      expect(validate(document, catalogue, context)).toEqual([]);
    },
  );

  it("are three", () => expect(exampleFlows()).toHaveLength(3));
});
