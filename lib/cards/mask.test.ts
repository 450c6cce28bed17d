import { describe, expect, it } from "vitest";
import { field } from "./field.ts";
import { hasMask, MASK, maskSecrets, withoutMasked } from "./mask.ts";

const fields = {
  login: field.text({ label: "Login" }),
  password: field.text({ label: "Password", secret: true }),
  codes: field.textList({ label: "Codes", secret: true }),
  credentials: field.object({
    label: "Credentials",
    fields: {
      answer: field.text({ label: "Answer", secret: true }),
      question: field.text({ label: "Question" }),
    },
  }),
  accounts: field.objectList({
    label: "Accounts",
    fields: {
      inner: field.object({ label: "Inner", fields: { pin: field.number({ label: "Pin", secret: true }) } }),
    },
  }),
};

describe("masking what nobody declared the keys of", () => {
  const open = { body: field.any({ label: "Body", secretKeys: true }) };
  const body = { profile: { login: "ann" }, credentials: { password: { value: "hunter2" } } };
  const hidden = { profile: { login: "ann" }, credentials: { password: MASK } };

  it("hides what stands under keys that hold secrets", () => {
    expect(maskSecrets({ body }, open)).toEqual({ body: hidden });
    expect(maskSecrets({ body: [{ activationToken: "x", id: "1" }] }, open)).toEqual({
      body: [{ activationToken: MASK, id: "1" }],
    });
    const inner = { answer: field.object({ label: "Answer", fields: open }) };
    expect(maskSecrets({ answer: { body } }, inner)).toEqual({ answer: { body: hidden } });
  });

  it("looks into a body given as text too", () => {
    expect(maskSecrets({ body: JSON.stringify(body) }, open)).toEqual({ body: hidden });
    expect(maskSecrets({ body: "plain text" }, open)).toEqual({ body: "plain text" });
  });

  it("keeps the facts Okta tells in place of a secret", () => {
    const facts = { credentials: { password: {} }, tempPassword: null };
    expect(maskSecrets({ body: facts }, open)).toEqual({ body: facts });
  });
});

describe("masking", () => {
  it("hides secrets at any depth and in lists, and nothing else", () => {
    expect(
      maskSecrets(
        {
          login: "ann",
          password: "hunter2",
          codes: ["1", "2"],
          credentials: { answer: "blue", question: "Color?" },
          accounts: [{ inner: { pin: 0 } }, { inner: { pin: 77 } }],
          unknown: { password: "not declared" },
        },
        fields,
      ),
    ).toEqual({
      login: "ann",
      password: MASK,
      codes: [MASK, MASK],
      credentials: { answer: MASK, question: "Color?" },
      accounts: [{ inner: { pin: MASK } }, { inner: { pin: MASK } }],
      unknown: { password: "not declared" },
    });
  });

  it("hides all of what should have been an object with a secret in it", () => {
    expect(maskSecrets({ credentials: '{"answer":"blue"}', accounts: { inner: "77" } }, fields)).toEqual({
      credentials: MASK,
      accounts: { inner: MASK },
    });
  });

  it("hides a secret of another type, and shows that nothing was given", () => {
    expect(maskSecrets({ password: { a: "hunter2" }, codes: "x" }, fields)).toEqual({
      password: MASK,
      codes: MASK,
    });
    expect(maskSecrets({ password: "", codes: [null] }, fields)).toEqual({ password: "", codes: [null] });
  });

  it("leaves the given values as they are", () => {
    const given = { password: "hunter2" };
    maskSecrets(given, fields);
    expect(given.password).toBe("hunter2");
  });
});

describe("what was masked", () => {
  const stored = {
    user: "00u1",
    answer: MASK,
    profile: { city: "Bonn", pin: MASK },
    body: `{"password":"${MASK}"}`,
  };

  it("is found wherever it stands, and left out", () => {
    expect(hasMask(stored)).toBe(true);
    expect(withoutMasked(stored)).toEqual({ user: "00u1", profile: { city: "Bonn" } });
    expect(hasMask(withoutMasked(stored))).toBe(false);
    expect(withoutMasked({ list: [{ token: MASK }], other: [1] })).toEqual({ other: [1] });
  });

  it("is not seen where nothing was", () => {
    const plain = { a: "•", b: { c: [1, "x"] }, d: null };
    expect(hasMask(plain)).toBe(false);
    expect(withoutMasked(plain)).toEqual(plain);
  });
});
