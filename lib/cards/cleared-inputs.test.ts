import { describe, expect, it } from "vitest";
import type { Json } from "../flow/json.ts";
import type { Ref, Value } from "../flow/value.ts";
import { clearedInputs, withCleared } from "./cleared-inputs.ts";
import { effectiveFields } from "./effective-fields.ts";
import { clearable, field } from "./field.ts";
import { testCatalogue } from "./test-catalogue.ts";

const declared = {
  name: field.text({ label: "Name" }),
  description: clearable(field.text({ label: "Description" })),
  excluded: clearable(field.textList({ label: "Excluded" })),
  profile: field.object({
    label: "Profile",
    clearable: true,
    grows: "test.profile",
    fields: {
      login: field.text({ label: "Login", clearable: false }),
      title: field.text({ label: "Title" }),
      address: field.object({ label: "Address", fields: { zip: field.text({ label: "Zip" }) } }),
    },
  }),
  properties: field.object({ label: "Properties", clearable: true, entries: true }),
  other: field.object({ label: "Other", fields: { title: field.text({ label: "Title" }) } }),
};
const card = testCatalogue.card("test.read");
const grown = { "test.profile": { badge: field.number({ label: "Badge" }) } };
const fields = card ? effectiveFields({ ...card, inputs: declared }, {}, grown).inputs : {};
const value = (json: Json): Value => ({ value: json });
const ref = (...path: Ref): Value => ({ ref: path });
const nothing = value(null);

describe("inputs cleared on purpose", () => {
  it("are literal nulls in clearable fields", () => {
    expect(clearedInputs({ name: nothing, description: nothing, excluded: nothing }, fields)).toEqual({
      description: null,
      excluded: null,
    });
  });

  it("are children of a clearable object, the org's own and unknown ones among them, unless they say otherwise", () => {
    const object = { login: nothing, title: nothing, badge: nothing, unknown: nothing, city: value("Bonn") };
    expect(clearedInputs({ profile: { object }, other: { object: { title: nothing } } }, fields)).toEqual({
      profile: { title: null, badge: null, unknown: null },
    });
  });

  it("may stand in a literal object, and among entries nobody declared", () => {
    const inputs = { profile: value({ title: null, login: null }), properties: value({ site: null, a: 1 }) };
    expect(clearedInputs(inputs, fields)).toEqual({ profile: { title: null }, properties: { site: null } });
  });

  it("are never what a mapping, an empty text or a whole object brings along", () => {
    const inputs = {
      description: ref("c1", "nothing"),
      excluded: { list: [nothing] },
      profile: ref("c1", "profile"),
      properties: { object: { site: ref("c1", "nothing"), name: value("") } },
    };
    expect(clearedInputs(inputs, fields)).toEqual({});
    expect(clearedInputs({ profile: nothing }, fields)).toEqual({});
  });

  it("say of each child of an effective object that it can be cleared", () => {
    expect(fields.profile?.fields).toMatchObject({
      login: { clearable: false },
      title: { clearable: true },
      badge: { clearable: true },
    });
    expect(fields.other?.fields?.title?.clearable).toBeUndefined();
  });
});

describe("putting cleared inputs back", () => {
  it("leaves everything else as it is", () => {
    expect(
      withCleared({ name: "a", profile: { title: "x" } }, { profile: { badge: null }, note: null }),
    ).toEqual({ name: "a", profile: { title: "x", badge: null }, note: null });
    expect(withCleared({}, { profile: { badge: null } })).toEqual({ profile: { badge: null } });
  });
});
