import { z } from "zod";
import { getSandbox as endpoint } from "../../api/sandbox.ts";
import type { Actor } from "../accounts/actor.ts";
import { authorize } from "../accounts/authorize.ts";
import { sandboxConnection } from "./find-sandbox.ts";
import { sandboxControl } from "./sandbox-control.ts";

type Answer = z.input<typeof endpoint.answer>;

const { people, rules, apps, groups, faults } = endpoint.answer.shape;
const stateSchema = z.object({
  users: z.array(people.element.omit({ groups: true })),
  groups: z.array(groups.element.omit({ members: true }).extend({ members: z.array(z.string()) })),
  rules,
  apps,
});
const faultsSchema = z.object({ rules: faults });

/**
 * The state of the sandbox org. Asked of its control API: through the Okta API the same took a call for each group, and a
 * page that is open would eat into the rate limit the flows live on.
 * @throws ApiProblem not-found without a sandbox org, upstream-failed when it does not answer
 */
export async function getSandbox(actor: Actor): Promise<Answer> {
  authorize(actor, "connections.read");
  const { orgUrl, alias } = await sandboxConnection();
  const [state, { rules: switchedOn }] = await Promise.all([
    sandboxControl(orgUrl, stateSchema, { path: "state" }),
    sandboxControl(orgUrl, faultsSchema, { path: "faults" }),
  ]);
  const groupsOf = new Map<string, string[]>();
  for (const { id, members } of state.groups) {
    for (const userId of members) groupsOf.set(userId, [...(groupsOf.get(userId) ?? []), id]);
  }
  return {
    url: orgUrl,
    connection: alias,
    people: state.users.map((user) => ({ ...user, groups: groupsOf.get(user.id) ?? [] })),
    groups: state.groups.map((group) => ({ ...group, members: group.members.length })),
    rules: state.rules,
    apps: state.apps,
    faults: switchedOn,
  };
}
