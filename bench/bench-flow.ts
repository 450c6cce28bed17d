/**
 * The flow the published figures are measured with: an event, a read, a branch and two writes. Its writes change a group,
 * and it listens to something else: a flow that hears its own changes would run more often than it was asked to.
 */
export function benchFlow(connection: string, group: string): object {
  const okta = (card: string, inputs: object) => ({ card, v: 1, connection, inputs });
  const user = { ref: ["e", "user", "id"] };
  return {
    format: 1,
    name: "Benchmark",
    cards: {
      e: okta("okta.users.profileUpdated", {}),
      read: okta("okta.users.read", { user }),
      branch: {
        card: "core.if",
        v: 1,
        inputs: { left: { ref: ["e", "user", "id"] }, right: { ref: ["read", "id"] } },
      },
      add: okta("okta.groups.addUser", { group: { value: group }, user }),
      remove: okta("okta.groups.removeUser", { group: { value: group }, user }),
    },
    edges: [
      { from: "e", out: "next", to: "read" },
      { from: "read", out: "next", to: "branch" },
      { from: "branch", out: "true", to: "add" },
      { from: "add", out: "next", to: "remove" },
    ],
    layout: {},
  };
}
