import { describe, expect, it } from "vitest";
import { runOktaCard } from "../test-okta-card.ts";
import { type Answer, notFound } from "../test-okta-client.ts";
import { createGroupRule } from "./create-group-rule.ts";
import { deleteGroupRule } from "./delete-group-rule.ts";
import { activateGroupRule, deactivateGroupRule } from "./rule-lifecycle.ts";
import { SAMPLE_OKTA_RULE } from "./rule-samples.ts";
import { updateGroupRule } from "./update-group-rule.ts";

/** The lost attempt began at 09:00:00. */
const now = new Date("2026-11-21T09:00:00.000Z");
const BEFORE = "2026-11-21T08:59:54.000Z";
const AFTER = "2026-11-21T09:00:01.000Z";

describe("Create Group Rule reads back", () => {
  const inputs = { name: "Sellers", expressionConditions: "true", groups: ["00g1"] };
  const rule = (name: string, created: string) => ({ ...SAMPLE_OKTA_RULE, name, created });
  const readBack = async (...pages: Answer[]) =>
    (await runOktaCard(createGroupRule, { inputs, answers: pages, now }, "readBack")).outputs;

  it("a rule of the name created since the attempt as its own, on whatever page", async () => {
    const pages = [{ body: [rule("Sellers EMEA", AFTER)] }, { body: [rule("Sellers", AFTER)] }];
    expect(await readBack(...pages)).toMatchObject({ name: "Sellers" });
  });

  it("no older one, and none whose name only contains it", async () => {
    expect(await readBack({ body: [rule("Sellers", BEFORE), rule("Sellers EMEA", AFTER)] })).toBeNull();
  });
});

describe("a rule card reads back", () => {
  const inputs = { rule: "0pr1" };

  it.each([
    [activateGroupRule, "ACTIVE", "INACTIVE"],
    [deactivateGroupRule, "INACTIVE", "ACTIVE"],
  ] as const)("%# by the status it leads to", async (card, done, other) => {
    const readBack = async (answer: Answer) =>
      (await runOktaCard(card, { inputs, answers: [answer], now }, "readBack")).outputs;
    expect(await readBack({ body: { ...SAMPLE_OKTA_RULE, status: done } })).toEqual({
      statusCode: 204,
      rawBody: null,
    });
    expect(await readBack({ body: { ...SAMPLE_OKTA_RULE, status: other } })).toBeNull();
    expect(await readBack(notFound("GroupRule"))).toBeNull();
  });

  it("a rule that is gone as deleted", async () => {
    const readBack = async (answer: Answer) =>
      (await runOktaCard(deleteGroupRule, { inputs, answers: [answer], now }, "readBack")).outputs;
    expect(await readBack(notFound("GroupRule"))).toEqual({ statusCode: 202, rawBody: null });
    expect(await readBack({ body: SAMPLE_OKTA_RULE })).toBeNull();
  });
});

describe("Update Group Rule", () => {
  it("refuses to send nothing", async () => {
    const call = { inputs: { rule: "0pr1", name: "", groups: [] } };
    await expect(runOktaCard(updateGroupRule, call)).rejects.toMatchObject({
      details: { code: "nothing-to-update" },
    });
  });
});
