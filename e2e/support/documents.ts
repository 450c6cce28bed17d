import type { Document } from "./console-api.ts";
import type { Group } from "./sandbox.ts";

/**
 * Whoever joins `from` is read and added to `to`: one event, one read, one write. `from` is asked for, since every
 * flow that is on hears of every group.
 */
export function joinBoth(name: string, { from, to }: { from: Group; to: Group }): Document {
  return {
    format: 1,
    name,
    cards: {
      c1: { card: "okta.groups.userAdded", v: 1, connection: "sandbox" },
      c2: {
        card: "core.continueIf",
        v: 1,
        options: { operator: "equals" },
        inputs: { left: { ref: ["c1", "group", "id"] }, right: { value: from.id } },
      },
      c3: {
        card: "okta.users.read",
        v: 1,
        connection: "sandbox",
        inputs: { user: { ref: ["c1", "user", "id"] } },
      },
      c4: {
        card: "okta.groups.addUser",
        v: 1,
        connection: "sandbox",
        inputs: { group: { value: to.id }, user: { ref: ["c3", "id"] } },
      },
    },
    edges: [
      { from: "c1", out: "next", to: "c2" },
      { from: "c2", out: "next", to: "c3" },
      { from: "c3", out: "next", to: "c4" },
    ],
    layout: { c1: [0, 0], c2: [360, 0], c3: [720, 0], c4: [1080, 0] },
  };
}

/** An event and one Compose card: nothing is read and nothing written. */
export function greeting(name: string, words: string): Document {
  return {
    format: 1,
    name,
    cards: {
      c1: { card: "okta.groups.userAdded", v: 1, connection: "sandbox" },
      c2: { card: "core.compose", v: 1, title: "Greeting", inputs: { text: { value: words } } },
    },
    edges: [{ from: "c1", out: "next", to: "c2" }],
    layout: { c1: [0, 0], c2: [360, 0] },
  };
}
