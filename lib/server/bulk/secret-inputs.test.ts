import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, it } from "vitest";
import { field } from "#lib/cards/field.ts";
import { MASK } from "#lib/cards/mask.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { stubServerEnv } from "../env/stub-server-env.ts";
import { SecretUnreadableError } from "../secrets/vault.ts";
import { maskSealed, maskSealedInputs, openSecrets, sealSecrets } from "./secret-inputs.ts";

beforeAll(() => stubServerEnv({}));

const fields = {
  user: field.text({ label: "User" }),
  password: field.text({ label: "Password", secret: true }),
  factors: field.objectList({
    label: "Factors",
    fields: { pin: field.text({ label: "PIN", secret: true }) },
  }),
};
const given: JsonObject = { user: "ann", password: "hunter2", factors: [{ pin: "1234" }] };

function documentWith(inputs: JsonObject): FlowDocument {
  const values = Object.entries(inputs).map(([key, value]) => [key, { value }] as const);
  const c2 = { card: "okta.users.update", v: 1, inputs: Object.fromEntries(values) };
  return { format: 1, name: "Test", cards: { c2 }, edges: [], layout: {} };
}

describe("secrets of a run by hand", () => {
  const run = randomUUID();

  it("are stored sealed, and only they", () => {
    const sealed = sealSecrets(given, fields, run);
    expect(sealed.user).toBe("ann");
    expect(JSON.stringify(sealed)).not.toMatch(/hunter2|1234/);
  });

  it("are opened to run and masked to show", () => {
    const sealed = sealSecrets(given, fields, run);
    expect(openSecrets(documentWith(sealed), run)).toEqual(documentWith(given));
    const masked = { user: "ann", password: MASK, factors: [{ pin: MASK }] };
    expect(maskSealed(documentWith(sealed))).toEqual(documentWith(masked));
    expect(maskSealedInputs(sealed)).toEqual(masked);
  });

  it("are those under attributes the org hides too, at any depth", () => {
    const inputs: JsonObject = {
      user: "ann",
      profile: { ssn: "4711", city: "Oslo", more: [{ ssn: ["4711"] }] },
    };
    const sealed = sealSecrets(inputs, fields, run, new Set(["ssn"]));
    expect(JSON.stringify(sealed)).not.toContain("4711");
    expect(openSecrets(documentWith(sealed), run)).toEqual(documentWith(inputs));
    expect(maskSealedInputs(sealed)).toMatchObject({ profile: { ssn: MASK, city: "Oslo" } });
  });

  it("open for their own run only", () => {
    const sealed = documentWith(sealSecrets(given, fields, run));
    expect(() => openSecrets(sealed, randomUUID())).toThrow(SecretUnreadableError);
  });
});
