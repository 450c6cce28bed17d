import { SAMPLE_APP_ID } from "#lib/connectors/okta/apps/app-samples.ts";
import { SAMPLE_GROUP_ID, SAMPLE_USER_ID } from "#lib/connectors/okta/samples.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import type { Setting } from "./contract-case.ts";
import { assignGroup, lifecycle, loadSession, openSession } from "./prepare.ts";

/** What the org needs, and the inputs take, before a card's own sample can work. */
export const SAMPLES: Record<string, Setting> = {
  "okta.users.activate": { before: lifecycle("deactivate") },
  "okta.users.unsuspend": { before: lifecycle("suspend") },
  "okta.users.delete": { before: lifecycle("deactivate") },
  "okta.apps.readGroup": { before: assignGroup },
  "okta.apps.removeGroup": { before: assignGroup },
  "okta.imports.readSession": { before: openSession },
  "okta.imports.bulkUsers": { before: openSession },
  "okta.imports.deleteSession": { before: openSession },
  "okta.imports.triggerSession": { before: loadSession },
};

const QUESTION = { question: "What grew in front of your first house?", answer: "magnolia" };
const PASSWORD = { password: "Staple-Battery-57" };
const LOGIN = "ann.lee@example.com";
const FOUR = { login: LOGIN, email: LOGIN, firstName: "Ann", lastName: "Lee" };
const sending = (relativeUrl: string, body: JsonObject | JsonObject[]): Setting => ({
  inputs: { relativeUrl, body },
});

/** What a choice of an option needs besides the sample, by `card option=choice`. */
export const CHOICES: Record<string, Setting> = {
  "okta.users.create option=question": { inputs: QUESTION },
  "okta.users.create option=password": { inputs: { ...PASSWORD, changePassword: true } },
  "okta.users.create option=passwordAndQuestion": { inputs: { ...PASSWORD, ...QUESTION } },
  "okta.users.create option=provider": { inputs: { providerType: "FEDERATION", providerName: "FEDERATION" } },
  "okta.users.create option=group": { inputs: { groupIds: [SAMPLE_GROUP_ID] } },
  "okta.users.update semantics=strict": { inputs: { profile: { ...FOUR, department: "Engineering" } } },
  "okta.users.find searchBy=filter": { inputs: { filter: `profile.login eq "${LOGIN}"` } },
  "okta.users.find searchBy=search": { inputs: { search: 'profile.department eq "Engineering"' } },
  // The temporary password is in the lost answer and nowhere else.
  "okta.users.expirePassword temporaryPassword=yes": { inputs: { revokeSessions: true }, leavesOpen: true },
  "okta.groups.search searchBy=search": { inputs: { search: 'profile.name sw "Eng"' } },
  "okta.roles.assignToUser kind=custom": {
    inputs: { customRole: "cr0SandboxRole000005d", resourceSet: "iamSandboxSet0000005d" },
  },
  "okta.logs.search searchBy=keyword": { inputs: { keyword: "ann.lee" } },
  "okta.apps.search searchBy=filter": { inputs: { filter: `user.id eq "${SAMPLE_USER_ID}"` } },
  "okta.api.custom method=POST": sending("/api/v1/groups", { profile: { name: "Night Shift" } }),
  "okta.api.custom method=PUT": sending(`/api/v1/groups/${SAMPLE_GROUP_ID}`, {
    profile: { name: "Builders" },
  }),
  "okta.api.custom method=PATCH": {
    ...sending(`/api/v1/apps/${SAMPLE_APP_ID}/groups/${SAMPLE_GROUP_ID}`, [
      { op: "replace", path: "/profile", value: { githubLogin: "builders" } },
    ]),
    before: (send) => assignGroup(send, { application: SAMPLE_APP_ID, group: SAMPLE_GROUP_ID }),
  },
  "okta.api.custom method=DELETE": { inputs: { relativeUrl: `/api/v1/users/${SAMPLE_USER_ID}/sessions` } },
};
