import type { CardNode, FlowDocument } from "#lib/flow/document.ts";
import { documentOf } from "../db/test-records.ts";

/**
 * The event type the flows of these tests listen to. None of their cards brings it about: what they do to the sandbox org
 * stands in its log, which workers read, and would start them again.
 */
export const REMOVED = "group.user_membership.remove";

const GROUP = { ref: ["e", "group", "id"] as [string, ...string[]] };
const USER = { ref: ["e", "user", "id"] as [string, ...string[]] };

/** Puts the event's user into the event's group: may be repeated safely. */
export const addToGroup: CardNode = {
  card: "okta.groups.addUser",
  v: 1,
  connection: "okta",
  inputs: { group: GROUP, user: USER },
};

/** Creates a user called after the event's group: is read back. */
export const createUser: CardNode = {
  card: "okta.users.create",
  v: 1,
  connection: "okta",
  inputs: {
    profile: {
      object: {
        login: { text: [{ ref: ["e", "group", "displayName"] }, "@tests.example"] },
        email: { text: [{ ref: ["e", "group", "displayName"] }, "@tests.example"] },
        firstName: { value: "Pat" },
        lastName: { value: "Doe" },
      },
    },
  },
};

/** Changes the user that was created, by a call of one's own: nobody can say whether it may be repeated. */
export const changeByCall: CardNode = {
  card: "okta.api.custom",
  v: 1,
  connection: "okta",
  options: { method: "POST" },
  inputs: {
    relativeUrl: { text: ["/api/v1/users/", { ref: ["create", "id"] }] },
    body: { value: { profile: { department: "Faults" } } },
  },
};

/** Changes the event's user by such a call. */
export const changeEventsUser: CardNode = {
  ...changeByCall,
  inputs: { ...changeByCall.inputs, relativeUrl: { text: ["/api/v1/users/", USER] } },
};

/** A card that moves the event's user to another status: is read back. */
const changesStatus = (card: string): CardNode => ({
  card,
  v: 1,
  connection: "okta",
  inputs: { user: USER },
});

export const deleteUser = changesStatus("okta.users.delete");
export const suspendUser = changesStatus("okta.users.suspend");
/** By email, the only way that must not be repeated blindly. */
export const resetPassword = changesStatus("okta.users.resetPassword");

/** Whether a call is that of `changeByCall`. */
export function isChangeByCall(method: string, path: string): boolean {
  return method === "POST" && /^\/api\/v1\/users\/\w+$/.test(path);
}

/** The event, then these cards one after the other. */
export function chainOf(cards: Record<string, CardNode>, name = "Faults"): FlowDocument {
  const ids = Object.keys(cards);
  return documentOf({
    name,
    cards: { e: { card: "okta.groups.userRemoved", v: 1, connection: "okta" }, ...cards },
    edges: ids.map((to, index) => ({ from: ids[index - 1] ?? "e", out: "next", to })),
  });
}
