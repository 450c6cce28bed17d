import { describe, expect, it } from "vitest";
import { MASK } from "../../cards/mask.ts";
import type { Step } from "../../engine/execution.ts";
import type { JsonObject } from "../../flow/json.ts";
import { withMaskedOutputs } from "./mask-outputs.ts";

const cards = {
  c1: { card: "okta.users.resetPassword", v: 1 },
  c2: { card: "okta.api.custom", v: 1 },
  c3: { card: "gone.card", v: 1 },
};
const step = (path: string, outputs?: JsonObject): Step => ({
  path,
  attempt: 1,
  status: "succeeded",
  startedAt: "2026-11-21T09:00:00.000Z",
  outputs,
});

describe("the outputs of an execution", () => {
  it("are shown without the secrets in them", () => {
    const steps = [
      step("c1", { statusCode: 200, resetPasswordUrl: "https://o.okta.com/reset?token=x" }),
      step("c2", { statusCode: 200, headers: {}, body: { id: "1", tempPassword: "Tmp1" } }),
    ];
    expect(withMaskedOutputs(steps, { cards }).map(({ outputs }) => outputs)).toEqual([
      { statusCode: 200, resetPasswordUrl: MASK },
      { statusCode: 200, headers: {}, body: { id: "1", tempPassword: MASK } },
    ]);
  });

  it("stay as they are where nothing is known of the card, or there are none", () => {
    const steps = [step("c3", { a: 1 }), step("c9", { a: 1 }), step("c1")];
    expect(withMaskedOutputs(steps, { cards })).toEqual(steps);
  });
});
