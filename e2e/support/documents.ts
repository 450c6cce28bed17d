import type { Document } from "./console-api.ts";
import type { Group } from "./sandbox.ts";

/** Goes on only for the team: every flow that is on hears of every group. */
const onlyFor = (team: Group) => ({
  card: "core.continueIf",
  v: 1 as const,
  options: { operator: "equals" },
  inputs: { left: { ref: ["c1", "group", "id"] }, right: { value: team.id } },
});

/**
 * Whoever joins `from` is added to two other groups: one event and two writes, the second of which is not tried again
 * by itself.
 */
export function joinTwo(name: string, { from, to }: { from: Group; to: readonly [Group, Group] }): Document {
  const join = (title: string, group: Group) => ({
    card: "okta.groups.addUser",
    v: 1 as const,
    title,
    connection: "sandbox",
    onError: { retry: 0 },
    inputs: { group: { value: group.id }, user: { ref: ["c1", "user", "id"] } },
  });
  return {
    format: 1,
    name,
    cards: {
      c1: { card: "okta.groups.userAdded", v: 1, connection: "sandbox" },
      c2: onlyFor(from),
      c3: join("Into the first", to[0]),
      c4: join("Into the second", to[1]),
    },
    edges: [
      { from: "c1", out: "next", to: "c2" },
      { from: "c2", out: "next", to: "c3" },
      { from: "c3", out: "next", to: "c4" },
    ],
    layout: { c1: [0, 0], c2: [360, 0], c3: [720, 0], c4: [1080, 0] },
  };
}

/** When somebody joins the team, it is given an application: one write, to the application. */
export function assignTeam(name: string, team: Group, app: { id: string }): Document {
  return {
    format: 1,
    name,
    cards: {
      c1: { card: "okta.groups.userAdded", v: 1, connection: "sandbox" },
      c2: onlyFor(team),
      c3: {
        card: "okta.apps.assignGroup",
        v: 1,
        connection: "sandbox",
        inputs: { application: { value: app.id }, group: { value: team.id } },
      },
    },
    edges: [
      { from: "c1", out: "next", to: "c2" },
      { from: "c2", out: "next", to: "c3" },
    ],
    layout: { c1: [0, 0], c2: [360, 0], c3: [720, 0] },
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

/** Whoever joins the team is signed out everywhere: one write, which causes no event the flow listens to. */
export function signOut(name: string, team: Group): Document {
  return {
    format: 1,
    name,
    cards: {
      c1: { card: "okta.groups.userAdded", v: 1, connection: "sandbox" },
      c2: onlyFor(team),
      c3: {
        card: "okta.users.clearSessions",
        v: 1,
        title: "Sign out",
        connection: "sandbox",
        inputs: { user: { ref: ["c1", "user", "id"] } },
      },
    },
    edges: [
      { from: "c1", out: "next", to: "c2" },
      { from: "c2", out: "next", to: "c3" },
    ],
    layout: { c1: [0, 0], c2: [360, 0], c3: [720, 0] },
  };
}

/** Whoever joins the team is changed by a call of one's own, and who it says was changed joins another group. */
export function callThenJoin(name: string, team: Group, other: Group): Document {
  return {
    format: 1,
    name,
    cards: {
      c1: { card: "okta.groups.userAdded", v: 1, connection: "sandbox" },
      c2: onlyFor(team),
      c3: {
        card: "okta.api.custom",
        v: 1,
        title: "Change",
        connection: "sandbox",
        options: { method: "POST" },
        inputs: {
          relativeUrl: { text: ["/api/v1/users/", { ref: ["c1", "user", "id"] }] },
          body: { value: { profile: { department: "Answered" } } },
        },
      },
      c4: {
        card: "okta.groups.addUser",
        v: 1,
        title: "Into the other",
        connection: "sandbox",
        inputs: { group: { value: other.id }, user: { ref: ["c3", "body", "id"] } },
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
