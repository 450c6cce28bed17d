import { describe, expect, it } from "vitest";
import { convertFields } from "../cards/convert.ts";
import { field } from "../cards/field.ts";
import { MASK } from "../cards/mask.ts";
import { conceal, echoesIn } from "./conceal.ts";

const inputs = {
  user: field.text({ label: "User" }),
  password: field.text({ label: "Password", secret: true }),
  profile: field.object({ label: "Profile" }),
  left: field.any({ label: "Left" }),
};
const hidden = new Set(["ssn"]);
const at = "2026-11-21T09:00:00.000Z";
const call = { method: "GET", path: "/api/v1/users", durationMs: 1, at };

describe("what is stored of an attempt", () => {
  it("has no secret input in it, nor the same value in its calls and errors", () => {
    const given = conceal({ inputs }, { user: "ann", password: 'Hun"ter 2ü' });
    expect(given.inputs).toEqual({ user: "ann", password: MASK });
    const seen = given.exchange({
      ...call,
      path: `/api/v1/x?q=${encodeURIComponent('"Hun"ter 2ü"')}&r=Hun%22ter+2%C3%BC`,
      requestBody: JSON.stringify({ note: 'a\nHun"ter 2ü', inner: JSON.stringify({ p: 'Hun"ter 2ü' }) }),
      responseBody: '{"errorSummary":"Hun\\"ter 2ü is too short"}',
    });
    expect(JSON.stringify(seen)).not.toMatch(/Hun|ter/);
    const error = given.error({
      kind: "refused",
      code: "E1",
      message: 'Password Hun"ter 2ü is wrong',
      hint: 'Not Hun"ter 2ü',
      data: { connection: "okta", causes: ['Hun"ter 2ü'] },
    });
    expect(error).toMatchObject({
      message: `Password ${MASK} is wrong`,
      hint: `Not ${MASK}`,
      data: { connection: "okta", causes: [MASK] },
    });
  });

  it("masks the beginning of a long value that a refusal quotes", () => {
    const ssn = "Ab1-".repeat(30);
    const converted = convertFields({ n: ssn }, { n: field.number({ label: "Number" }) });
    const message = converted.ok ? "" : (converted.problems[0]?.message ?? "");
    expect(message).toContain("Ab1-Ab1-");
    const given = conceal({ inputs }, { profile: { ssn } }, undefined, { hidden });
    expect(given.error({ kind: "input", code: "wrong-type", message }).message).not.toContain("Ab1");
  });

  it("keeps words that only contain the value, and those too short to tell anything", () => {
    const given = conceal({ inputs }, { profile: { ssn: ["Sales", "7"] } }, undefined, { hidden });
    const { responseBody } = given.exchange({
      ...call,
      responseBody: '["Salesforce","presales","Sales","7"]',
    });
    expect(responseBody).toBe(`["Salesforce","presales","${MASK}","7"]`);
  });

  it("masks what is mapped to a secret, and finds the secret in the middle of what was made of it", () => {
    const ways = {
      whole: [["left"], ["profile", "note"]],
      refs: [["c", "secret"] as [string, ...string[]]],
      keyed: [],
    };
    const given = conceal(
      { inputs },
      { left: "of Tmp-1 and more", profile: { note: ["Tmp-1"], name: "Ann" } },
      ways,
      { lookup: () => "Tmp-1" },
    );
    expect(given.inputs).toEqual({ left: MASK, profile: { note: [MASK], name: "Ann" } });
    expect(given.exchange({ ...call, path: "/api/v1/users/Tmp-1" }).path).toBe(`/api/v1/users/${MASK}`);
    expect(given.values({ left: "of Tmp-1 and more", user: "ann" })).toEqual({ left: MASK, user: "ann" });
  });

  it("masks secret keys in what is made of an answer nobody declared", () => {
    const ways = { whole: [], refs: [], keyed: [["left"]] };
    const body = { id: "1", credentials: { password: { value: "Tmp-1" } } };
    expect(conceal({ inputs }, { left: body }, ways).inputs).toEqual({
      left: { id: "1", credentials: { password: MASK } },
    });
    expect(conceal({ inputs }, { left: `It says ${JSON.stringify(body)}` }, ways).inputs).toEqual({
      left: `It says {"id":"1","credentials":{"password":"${MASK}"}}`,
    });
  });

  it("shows of a plan that a hidden attribute would change, not from what to what", () => {
    const changes = [
      { field: ["profile", "ssn"], before: "1", after: null },
      { field: ["profile", "city"], after: "Oslo" },
    ];
    const given = conceal({ inputs }, {}, undefined, { hidden });
    expect(given.exchange({ ...call, held: { changes } }).held?.changes).toEqual([
      { field: ["profile", "ssn"], before: MASK, after: null },
      { field: ["profile", "city"], after: "Oslo" },
    ]);
  });

  it("does not say in a reason what a hidden attribute is, however short", () => {
    const given = conceal({ inputs }, { profile: { ssn: "US" } }, undefined, { hidden });
    expect(given.reason("the ssn of Ann is “DE”, and the flow is for “US”.", true)).toBe(
      "Did not run, because a condition on a hidden attribute was not met.",
    );
    expect(given.reason('Ended: not true that "US" is "DE".', false)).toBe(
      `Ended: not true that "${MASK}" is "DE".`,
    );
  });

  it("remembers for outputs what they may repeat, and nothing where there was no secret", () => {
    const [outputs, others] = [{ body: "Tmp-1234" }, { body: "x" }];
    conceal({ inputs }, { password: "Tmp-1234" }).echoed(outputs);
    conceal({ inputs }, { user: "ann" }).echoed(others);
    expect(echoesIn(outputs)?.("It is Tmp-1234.")).toBe(`It is ${MASK}.`);
    expect(echoesIn(others)).toBeUndefined();
  });
});
