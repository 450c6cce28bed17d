import { describe, expect, it } from "vitest";
import { MASK, maskNamed, maskSecretJson, namesAny } from "./mask-text.ts";

const hidden = new Set(["ssn", "home_phone"]);

describe("what a text says of hidden attributes", () => {
  it.each([
    ['profile.ssn eq "123-45-6789"', `profile.ssn eq "${MASK}"`],
    ['status eq "ACTIVE" and profile.ssn sw "123"', `status eq "ACTIVE" and profile.ssn sw "${MASK}"`],
    ['(profile.ssn eq "a\\"b") or x pr', `(profile.ssn eq "${MASK}") or x pr`],
    ["profile.ssn ge 12345)", `profile.ssn ge ${MASK})`],
    ['user.ssn=="123" && user.city == "Oslo"', `user.ssn=="${MASK}" && user.city == "Oslo"`],
    ['Invalid search: \\"profile.ssn eq \\"123\\"\\"', `Invalid search: \\"profile.ssn eq \\"${MASK}\\"\\"`],
  ])("is masked in an expression: %s", (text, masked) => {
    expect(maskNamed(text, hidden)).toBe(masked);
  });

  it.each([
    ['{"ssn":"123","city":"Oslo"}', `{"ssn":"${MASK}","city":"Oslo"}`],
    ['{"ssn": 123456789}', `{"ssn": "${MASK}"}`],
    ['{"ssn":["1","2"],"home_phone":{"a":"b"}}', `{"ssn":"${MASK}","home_phone":"${MASK}"}`],
    ['{"body":"{\\"ssn\\":\\"1\\\\n2\\",\\"a\\":1}"}', `{"body":"{\\"ssn\\":\\"${MASK}\\",\\"a\\":1}"}`],
  ])("is masked in JSON, which stays JSON: %s", (text, masked) => {
    expect(maskNamed(text, hidden)).toBe(masked);
    expect(() => JSON.parse(masked)).not.toThrow();
  });

  it.each([
    'profile.ssnext eq "123"',
    'profile.SSN eq "123"',
    "The attribute ssn is read only.",
    '{"ssnext":"123","SSN":"1"}',
    "profile.ssn pr",
  ])("is not looked for in other words: %s", (text) => {
    expect(maskNamed(text, hidden)).toBe(text);
  });

  it("tells whether a text names one", () => {
    expect(namesAny("“ssn” of Ann is “123”", hidden)).toBe(true);
    expect(namesAny("“ssnext” of Ann", hidden)).toBe(false);
  });
});

describe("a text with JSON in it", () => {
  it("loses what stands under keys that hold secrets", () => {
    const text = 'Answer: {"tempPassword":"Tmp-1","credentials":{"password":{"value":"x"}},"id":"1"}';
    expect(maskSecretJson(text)).toBe(
      `Answer: {"tempPassword":"${MASK}","credentials":{"password":"${MASK}"},"id":"1"}`,
    );
  });

  it("is looked through in a time that does not explode", () => {
    const hostile = `"password":"${"\\".repeat(20_000)}${'"ssn":"'.repeat(2_000)}`;
    const began = performance.now();
    maskSecretJson(hostile);
    maskNamed(hostile, hidden);
    expect(performance.now() - began).toBeLessThan(5_000);
  });
});
