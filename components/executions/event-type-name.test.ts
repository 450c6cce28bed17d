import { expect, it } from "vitest";
import { createCatalogue } from "#lib/cards/registry.ts";
import { registry } from "#lib/registry.ts";
import { eventTypeName } from "./event-type-name.ts";

const catalogue = createCatalogue(registry.cards.map((card) => card.description));

it("calls an event type what the card is called that listens to it", () => {
  expect(eventTypeName("group.user_membership.add", catalogue)).toBe("User Added to Group");
});

it("calls by its title the card of a flow that others call when they fail", () => {
  expect(eventTypeName("core.cardFailed", catalogue)).toBe("Card Failed");
});

it("makes other event types readable", () => {
  expect(eventTypeName("user.session.start", undefined)).toBe("Session start");
  expect(eventTypeName("zone.make_blacklist", catalogue)).toBe("Zone make blacklist");
  expect(eventTypeName("user.authentication.auth_via_mfa", undefined)).toBe("Authentication auth via mfa");
  expect(eventTypeName("x", undefined)).toBe("X");
});
