/** The event the benchmark's flows listen to: none of their writes causes it, or a flow would hear itself. */
export const EVENT_TYPE = "user.account.update_profile";
/** Alias of the connection to the stub. */
export const CONNECTION = "bench";

const okta = (card: string, inputs: object) => ({ card, v: 1, connection: CONNECTION, inputs });
const user = { ref: ["e", "user", "id"] };

/** The flow the published figures are measured with: an event, a read, a branch and two writes. */
export function threeCalls(name = "Three calls and a branch"): object {
  return {
    format: 1,
    name,
    cards: {
      e: okta("okta.users.profileUpdated", {}),
      read: okta("okta.users.read", { user }),
      branch: {
        card: "core.if",
        v: 1,
        inputs: { left: { ref: ["read", "profile", "department"] }, right: { value: "Engineering" } },
      },
      add: okta("okta.groups.addUser", { group: { value: "00gBENCH" }, user }),
      suspend: okta("okta.users.suspend", { user }),
    },
    edges: [
      { from: "e", out: "next", to: "read" },
      { from: "read", out: "next", to: "branch" },
      { from: "branch", out: "true", to: "add" },
      { from: "add", out: "next", to: "suspend" },
    ],
    layout: {},
  };
}

/** An event and a filter that stops at once. */
export function filtered(name = "Stops at once"): object {
  const inputs = { left: user, right: { value: "nobody" } };
  return {
    format: 1,
    name,
    cards: {
      e: okta("okta.users.profileUpdated", {}),
      only: { card: "core.continueIf", v: 1, inputs },
      read: okta("okta.users.read", { user }),
    },
    edges: [
      { from: "e", out: "next", to: "only" },
      { from: "only", out: "next", to: "read" },
    ],
    layout: {},
  };
}

/** An event and a chain of function cards, each using the output of the one before. */
export function chain(cards: number): object {
  const ids = Array.from({ length: cards - 1 }, (_, index) => `f${index}`);
  const entries = ids.map((id, index) => {
    const before = index === 0 ? ["e", "user", "id"] : [`f${index - 1}`, "output"];
    return [id, { card: "core.compose", v: 1, inputs: { text: { ref: before } } }];
  });
  return {
    format: 1,
    name: `Chain of ${cards}`,
    cards: { e: okta("okta.users.profileUpdated", {}), ...Object.fromEntries(entries) },
    edges: ids.map((to, index) => ({ from: index === 0 ? "e" : `f${index - 1}`, out: "next", to })),
    layout: {},
  };
}
