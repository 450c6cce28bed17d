import { describe, expect, it } from "vitest";
import { MASK } from "#lib/cards/mask-text.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { readLogEvent } from "./log-event.ts";
import { maskEvents } from "./mask-events.ts";
import { oktaEvent } from "./test-events.ts";

const person = { id: "00uANN", type: "User", alternateId: "ann@acme.example", displayName: "Ann Lee" };

function masked(changes: JsonObject, ...hidden: string[]): JsonObject {
  const [event] = maskEvents([readLogEvent(oktaEvent(changes))], hidden);
  if (!event) throw new Error("As many events come out as went in.");
  return event.payload;
}

describe("masking the values of hidden attributes in events", () => {
  it("gives events back as they are where nothing is hidden", () => {
    const events = [readLogEvent(oktaEvent())];
    expect(maskEvents(events, [])).toBe(events);
  });

  it("finds what changed, in what way ever Okta tells it, and leaves the names", () => {
    const payload = masked(
      {
        actor: { ...person, detailEntry: { ssn: "111" } },
        target: [
          {
            ...person,
            changeDetails: { from: { ssn: "222", city: "Rome" }, to: { ssn: ["333"], nick: null } },
            detailEntry: { ssn: "" },
          },
        ],
        transaction: { type: "WEB", id: "t1", detail: { ssn: 444 } },
        debugContext: {
          debugData: {
            ssn: "555",
            changedAttributes: "ssn,nick",
            changes: '{"ssn":"666","city":"Rome"}',
            filter: 'profile.ssn eq "777" and profile.city eq "Rome"',
          },
        },
      },
      "ssn",
      "nick",
    );
    expect(payload).toMatchObject({
      actor: { ...person, detailEntry: { ssn: MASK } },
      target: [
        {
          ...person,
          changeDetails: { from: { ssn: MASK, city: "Rome" }, to: { ssn: MASK, nick: null } },
          detailEntry: { ssn: "" },
        },
      ],
      transaction: { type: "WEB", id: "t1", detail: { ssn: MASK } },
      debugContext: {
        debugData: {
          ssn: MASK,
          changedAttributes: "ssn,nick",
          changes: `{"ssn":"${MASK}","city":"Rome"}`,
        },
      },
    });
    expect(JSON.stringify(payload)).not.toMatch(/111|222|333|444|555|666|777/);
  });

  it("leaves what makes it an event, also where an attribute is called the same", () => {
    const names = ["id", "type", "displayName", "city", "result", "uuid", "eventType", "actor", "target"];
    const from = { client: { id: "c1", geographicalContext: { city: "Rome" } }, target: [person] };
    const event = oktaEvent(from);
    expect(masked(event, ...names)).toEqual(event);
    const changed = { ...person, changeDetails: { to: { displayName: "Ann Bo", city: "Oslo" } } };
    expect(masked({ target: [changed] }, ...names)).toMatchObject({
      target: [{ ...person, changeDetails: { to: { displayName: MASK, city: MASK } } }],
    });
  });

  it("keeps whom it is about, and an event without targets", () => {
    const event = readLogEvent(oktaEvent({ target: null }));
    const [kept] = maskEvents([event], ["ssn"]);
    expect(kept).toEqual(event);
  });
});
