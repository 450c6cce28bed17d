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

describe("masking hidden attributes", () => {
  const hidden = new Set(["ssn", "answer"]);

  it("hides what stands under their names at any depth, declared or not, and in texts that name them", () => {
    const values = {
      ssn: "123",
      login: 'profile.ssn eq "123"',
      credentials: { question: "Color?", more: [{ ssn: ["1", "2"], SSN: "kept" }] },
      accounts: [{ inner: { pin: 1, ssn: 5 } }],
    };
    expect(maskSecrets(values, fields, { hidden })).toEqual({
      ssn: MASK,
      login: `profile.ssn eq "${MASK}"`,
      credentials: { question: "Color?", more: [{ ssn: MASK, SSN: "kept" }] },
      accounts: [{ inner: { pin: MASK, ssn: MASK } }],
    });
  });

  it("tells each value it took, and from where", () => {
    const taken: [string, unknown][] = [];
    const values = {
      codes: ["1", "2"],
      other: [{ ssn: { a: 1 } }],
      credentials: { answer: "blue", question: "" },
    };
    maskSecrets(values, fields, { hidden, taken: (path, value) => taken.push([path.join("."), value]) });
    expect(taken).toEqual([
      ["codes.0", "1"],
      ["codes.1", "2"],
      ["other.0.ssn", { a: 1 }],
      ["credentials.answer", "blue"],
    ]);
  });

  it("shows that there is nothing to hide", () => {
    const nothing = { ssn: null, other: { ssn: "" }, more: { ssn: [] } };
    expect(maskSecrets(nothing, fields, { hidden })).toEqual(nothing);
  });
});

describe("masking what is made of something secret", () => {
  const body = { query: field.object({ label: "Query", entries: true, secretKeys: true }) };

  it("hides the part of an object it was mapped into, and secret keys beside it", () => {
    expect(
      maskSecrets({ query: { q: "a", token: "t", x: { password: "p" } } }, body, { whole: [["query", "q"]] }),
    ).toEqual({ query: { q: MASK, token: MASK, x: { password: MASK } } });
  });

  it("hides all of what has no place for the part any more", () => {
    expect(maskSecrets({ query: "q=a" }, body, { whole: [["query", "q"]] })).toEqual({ query: MASK });
    expect(maskSecrets({ other: [1] }, body, { whole: [["other", "a"]] })).toEqual({ other: MASK });
  });
});
