import type { APIRequestContext, APIResponse } from "@playwright/test";
import { unique } from "./unique.ts";

export interface Person {
  id: string;
  login: string;
  name: string;
}

export interface Group {
  id: string;
  name: string;
}

export interface App {
  id: string;
  label: string;
}

/** A rule of PUT /sandbox/faults, see docs/sandbox.md. */
export interface Fault {
  fault: string;
  next?: number;
  method?: string;
  pathPrefix?: string;
  resetSeconds?: number;
}

/** The sandbox org: acts in it as its super admin through the Okta API, and steers it through its control API. */
export class Sandbox {
  readonly #request: APIRequestContext;
  readonly #token: string;

  /** @param request its base address is the org's */
  constructor(request: APIRequestContext, token: string) {
    this.#request = request;
    this.#token = token;
  }

  /** Creates an active person; the profile's other attributes may be given. */
  async createPerson(profile: Record<string, string> = {}): Promise<Person> {
    const lastName = unique("Tester").replace(" ", "-");
    const login = `${lastName}@example.com`.toLowerCase();
    const body = {
      profile: { firstName: "Tess", lastName, email: login, login, ...profile },
      // With a password an activated user is ACTIVE at once.
      credentials: { password: { value: "Correct-Horse-42" } },
    };
    const { id } = await this.#okta("POST", "/api/v1/users?activate=true", body);
    return { id, login, name: `Tess ${lastName}` };
  }

  async createGroup(): Promise<Group> {
    const name = unique("Team");
    const { id } = await this.#okta("POST", "/api/v1/groups", { profile: { name } });
    return { id, name };
  }

  /** Many groups whose names begin with `name` and end in a number of four digits. */
  async createGroups(name: string, count: number): Promise<Group[]> {
    return inParallel(count, async (at) => {
      const profile = { name: `${name} ${String(at + 1).padStart(4, "0")}` };
      const { id } = await this.#okta("POST", "/api/v1/groups", { profile });
      return { id, name: profile.name };
    });
  }

  async deleteGroups(groups: readonly Group[]): Promise<void> {
    await inParallel(groups.length, async (at) => {
      const group = groups[at];
      if (group) await this.deleteGroup(group);
    });
  }

  /** Takes a person away for good. Okta's first DELETE only deactivates. */
  async deletePerson(person: { id: string }): Promise<void> {
    const path = `/api/v1/users/${person.id}`;
    if ((await this.statusOf(person)) !== "DEPROVISIONED") await this.#okta("DELETE", path);
    await this.#okta("DELETE", path);
  }

  async deleteGroup({ id }: { id: string }): Promise<void> {
    await this.#okta("DELETE", `/api/v1/groups/${id}`);
  }

  /** Links a person to a manager, by the relation every sandbox org has. */
  async setManager(person: { id: string }, manager: { id: string }): Promise<void> {
    await this.#okta("PUT", `/api/v1/users/${person.id}/linkedObjects/manager/${manager.id}`);
  }

  /** An application with the label given, for this test alone. */
  async createApp(): Promise<App> {
    const label = unique("App");
    const settings = { app: { url: "https://example.com", requestIntegration: false } };
    const body = { name: "bookmark", label, signOnMode: "BOOKMARK", settings };
    const { id } = await this.#okta("POST", "/api/v1/apps", body);
    return { id, label };
  }

  async deleteApp({ id }: { id: string }): Promise<void> {
    await this.#okta("POST", `/api/v1/apps/${id}/lifecycle/deactivate`);
    await this.#okta("DELETE", `/api/v1/apps/${id}`);
  }

  async assign(app: { id: string }, person: { id: string }): Promise<void> {
    await this.#okta("POST", `/api/v1/apps/${app.id}/users`, { id: person.id, scope: "USER" });
  }

  /** Ids of the people who have an application. */
  async assigned(app: { id: string }): Promise<string[]> {
    const { apps } = await this.#control("GET", "state");
    return apps.find(({ id }: App) => id === app.id)?.users ?? [];
  }

  /** Signs a person in, as they would themselves. */
  async signIn(person: { id: string }): Promise<void> {
    await this.#control("POST", `users/${person.id}/sign-in`);
  }

  /** How many sessions a person has. */
  async sessions(person: { id: string }): Promise<number> {
    const { users } = await this.#control("GET", "state");
    return users.find(({ id }: Person) => id === person.id)?.sessions ?? 0;
  }

  async addToGroup(person: { id: string }, group: { id: string }): Promise<void> {
    await this.#okta("PUT", `/api/v1/groups/${group.id}/users/${person.id}`);
  }

  /** ACTIVE, SUSPENDED … */
  async statusOf(person: { id: string }): Promise<string> {
    return (await this.#okta("GET", `/api/v1/users/${person.id}`)).status;
  }

  /** Ids of a group's members. */
  async members(group: { id: string }): Promise<string[]> {
    const { groups } = await this.#control("GET", "state");
    return groups.find(({ id }: Group) => id === group.id)?.members ?? [];
  }

  /** How often a write arrived that took effect, by method and address: "PUT /api/v1/groups/00g1/users/00u1". */
  async applied(call: string): Promise<number> {
    return (await this.#control("GET", "counters")).applied.byPath[call] ?? 0;
  }

  /** How often a write arrived at all. */
  async arrived(call: string): Promise<number> {
    return (await this.#control("GET", "counters")).writes.byPath[call] ?? 0;
  }

  /** The org's event hooks. */
  async hooks(): Promise<{ id: string; name: string }[]> {
    return (await this.#control("GET", "state")).hooks;
  }

  /** An OAuth client of the org with what is given; the rest is as for a web app, see docs/sandbox.md. */
  async createClient(client: Record<string, unknown>): Promise<{ id: string; secret: string | null }> {
    return this.#control("POST", "clients", client);
  }

  /** Replaces all faults; none switches them off. */
  async faults(...rules: Fault[]): Promise<void> {
    await this.#control("PUT", "faults", { rules });
  }

  async #okta(method: string, path: string, data?: object) {
    const headers = { authorization: `SSWS ${this.#token}`, accept: "application/json" };
    return read(await this.#request.fetch(path, { method, data, headers }));
  }

  async #control(method: string, path: string, data?: object) {
    return read(await this.#request.fetch(`/sandbox/${path}`, { method, data }));
  }
}

async function read(response: APIResponse) {
  const text = await response.text();
  if (!response.ok()) throw new Error(`The sandbox org answered ${response.status()}: ${text}`);
  return text === "" ? {} : JSON.parse(text);
}

/** Thousands of calls one after the other would take a test's time. */
async function inParallel<T>(count: number, make: (at: number) => Promise<T>): Promise<T[]> {
  const made: T[] = [];
  let next = 0;
  const walk = async () => {
    while (next < count) {
      const at = next++;
      made[at] = await make(at);
    }
  };
  await Promise.all(Array.from({ length: 8 }, walk));
  return made;
}
