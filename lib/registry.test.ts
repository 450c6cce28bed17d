import { describe, expect, it } from "vitest";
import type { CardDescription } from "./cards/card.ts";
import { convertFields } from "./cards/convert.ts";
import { effectOf } from "./cards/effect.ts";
import { effectiveFields, optionValues } from "./cards/effective-fields.ts";
import { ERROR_OUTPUT } from "./cards/exits.ts";
import type { Field, Fields } from "./cards/field.ts";
import { fakeOktaClient } from "./connectors/okta/test-okta-client.ts";
import { catalogue, registry } from "./registry.ts";

const cards = catalogue.cards.map((description) => [description.id, description] as const);
/** Events of an org: the others are started by Flowdeck itself. */
const events = registry.cards.filter(
  ({ description }) => description.kind === "event" && description.needsConnection,
);

/** All fields of a tree, with their paths. */
function all(fields: Fields, at: string[] = []): [string, Field][] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const path = [...at, key];
    return [[path.join("."), field] as [string, Field], ...all(field.fields ?? {}, path)];
  });
}

/** Every combination of the options' choices; the 264 event types count as one. */
function combinations(description: CardDescription): Record<string, string>[] {
  return Object.entries(description.options).reduce<Record<string, string>[]>(
    (made, [key, option]) => {
      const values = (option.choices ?? []).slice(0, 20).map(({ value }) => value);
      return made.flatMap((one) => values.map((value) => ({ ...one, [key]: value })));
    },
    [{}],
  );
}

describe("the registry", () => {
  it("has no card whose own output would stand where an error way says what went wrong", () => {
    for (const [id, { outputs }] of cards) expect(Object.hasOwn(outputs, ERROR_OUTPUT), id).toBe(false);
  });

  it("has the cards of the first slice", () => {
    expect(catalogue.cards.map(({ title }) => title)).toEqual(
      expect.arrayContaining([
        ...["User Created", "User Activated", "User Deactivated", "User Suspended", "User Added to Group"],
        ...["User Removed from Group", "User Okta Profile Updated", "Custom Webhook"],
        ...["Create User", "Read User", "Update User", "Find Users", "Activate User", "Deactivate User"],
        ...[
          "Suspend User",
          "Unsuspend User",
          "Delete User",
          "Search Groups",
          "Read Group",
          "Get Users Groups",
        ],
        ...["List Group Members", "Add User to Group", "Remove User from Group", "Custom API Action"],
        ...[
          "Get User with Login Shortname",
          "List Users with Filter",
          "List Users with Search",
          "Unlock User",
        ],
        ...["Reactivate User", "Reset Password", "Expire Password", "Change Password", "Forgot Password"],
        ...["Set Recovery Question", "Change Recovery Question", "Reset Factors", "Clear User Sessions"],
        ...["List Applications Assigned to User", "Create Group", "Get Group by Name", "Update Group"],
        ...["Delete Group", "Add User to Multiple Groups", "List Applications Assigned to Group"],
        ...["Create Group Rule", "Read Group Rule", "Search Group Rules", "Update Group Rule"],
        ...["Delete Group Rule", "Activate Group Rule", "Deactivate Group Rule", "Search System Logs"],
        "Assign a Role to a User",
        ...["Search Applications", "Read Application", "Activate Application", "Deactivate Application"],
        ...["Delete Application", "Assign User to Application for SSO", "Remove User from Application"],
        "Assign User to Application for SSO and Provisioning",
        ...["Get Assigned User for Application", "List Users Assigned to Application"],
        "Update Application Credentials for an Assigned User",
        "Update Application Profile for an Assigned User",
        ...["Assign Group to Application", "List Groups Assigned to Application"],
        ...["Read Assigned Group for Application", "Remove Group from Application"],
        ...["Set Linked Object Value for Primary", "Delete Linked Object Value"],
        ...["Get Primary Linked Object Value", "Get Associated Linked Object Values"],
        ...["Create Import Session", "List Import Sessions", "Read Import Session", "Bulk User Import"],
        ...["Map Profile Source Attributes", "Trigger Import Session", "Delete Import Session"],
        ...["If/Else", "Continue If", "Compose", "Assign", "Return", "Note"],
      ]),
    );
  });

  it("gives the browser nothing but data", () => {
    expect(JSON.parse(JSON.stringify(catalogue.cards))).toEqual(catalogue.cards.map(withoutUndefined));
  });
});

function withoutUndefined(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutUndefined);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) =>
      inner === undefined ? [] : [[key, withoutUndefined(inner)]],
    ),
  );
}

describe.each(cards)("%s", (id, description) => {
  const fields = [...all(description.inputs), ...all(description.outputs)];

  it("is well named and told apart", () => {
    expect(id).toMatch(/^(okta\.[a-z]+|core)\.[a-z][A-Za-z]*$/);
    expect(id.split(".")[0]).toBe(description.connector);
    expect(description.summary).toMatch(/^[A-Z].*[.]$/);
    expect(description.category).not.toBe("");
    expect(description.keywords.length).toBeGreaterThan(0);
    for (const [path, field] of fields) {
      expect(field.label, path).not.toBe("");
      expect(path).toMatch(/^[a-z][A-Za-z0-9]*(\.[a-z][A-Za-z0-9]*)*$/);
    }
  });

  it("has options with a default among their choices", () => {
    for (const [key, option] of Object.entries(description.options)) {
      const values = (option.choices ?? []).map(({ value }) => value);
      expect(new Set(values).size, key).toBe(values.length);
      expect(values, key).toContain(option.default);
    }
  });

  it("shows fields by options and choices that exist", () => {
    for (const [path, { when }] of fields) {
      if (!when) continue;
      const values = (description.options[when.option]?.choices ?? []).map(({ value }) => value);
      expect(values, path).toEqual(expect.arrayContaining(when.is));
    }
  });

  it("asks loaders that exist", () => {
    for (const [path, { picker, grows, growsBy }] of fields) {
      if (picker) expect(registry.loader(picker)?.kind, path).toBe("choices");
      if (grows) expect(registry.loader(grows)?.kind, path).toBe("fields");
      if (growsBy) expect(description.inputs[growsBy]?.picker, path).toBeTruthy();
    }
  });

  it("has a sample its own fields accept", () => {
    const { inputs, outputs } = effectiveFields(description, {});
    expect(convertFields(description.sample.inputs, inputs)).toMatchObject({ ok: true });
    expect(convertFields(description.sample.outputs, outputs)).toMatchObject({ ok: true });
    if (description.kind === "action")
      expect(Object.keys(description.sample.outputs)).toEqual(Object.keys(outputs));
  });

  it("says what a lost write may do, for every choice of options", () => {
    for (const options of combinations(description)) {
      const { effect, repeat } = effectOf(description, optionValues(description, { options }));
      expect(repeat !== undefined, JSON.stringify(options)).toBe(effect === "write");
    }
    if (description.effectByOption) {
      const { option, is } = description.effectByOption;
      const values = (description.options[option]?.choices ?? []).map(({ value }) => value);
      expect(values).toEqual(expect.arrayContaining(Object.keys(is)));
    }
  });

  it("says where its API is described, and with which right", () => {
    if (description.connector !== "okta") return;
    expect(URL.canParse(description.docs ?? "")).toBe(true);
    for (const scope of description.scopes) expect(scope).toMatch(/^okta\.[A-Za-z]+\.(read|manage)$/);
    if (description.kind === "action") expect(description.endpoint).toBeTruthy();
    const needsManage = description.effect === "write" && id !== "okta.api.custom";
    if (needsManage) expect(description.scopes.some((scope) => scope.endsWith(".manage"))).toBe(true);
  });
});

describe.each(events.map((card) => [card.description.id, card] as const))("event %s", (_, card) => {
  const options = optionValues(card.description, {});

  it("listens to something", () => {
    const types = card.listensTo?.(options) ?? [];
    expect(types).not.toEqual([]);
    expect(new Set(types).size).toBe(types.length);
  });

  it("reads the sample event it makes, without a call where nothing is looked up", async () => {
    const event = card.sampleEvent?.(options) ?? {};
    const { client, requests } = fakeOktaClient();
    const read = await card.readEvent?.({
      event,
      options,
      client,
      wanted: () => false,
      room: 10_000_000,
      now: new Date(0),
    });
    const outputs = read ?? {};
    expect(requests).toEqual([]);
    expect(convertFields(outputs, card.description.outputs)).toMatchObject({ ok: true });
    expect(outputs).toMatchObject({
      eventType: card.listensTo?.(options)[0],
      uuid: event.uuid,
      dateAndTime: event.published,
    });
    for (const key of ["eventId", "eventTime", "source", "message", "version", "debugData"]) {
      expect(outputs[key], key).toBeTruthy();
    }
    expect(outputs.fullDetails).not.toHaveProperty("envelope");
  });
});
