import { describe, expect, it } from "vitest";
import { field } from "./field.ts";
import { MASK, maskSecrets } from "./mask.ts";

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
