import type { Send } from "../../sandbox/test-client.ts";
import type { Prepare } from "./contract-case.ts";

/** Takes the user of the inputs through a step of the lifecycle. */
export const lifecycle =
  (step: string): Prepare =>
  async (send, { user }) => {
    await ok(send, "POST", `/api/v1/users/${user}/lifecycle/${step}?sendEmail=false`);
    return undefined;
  };

/** Switches the group rule of the inputs off: an active one cannot be changed. */
export const deactivateRule: Prepare = async (send, { rule }) => {
  await ok(send, "POST", `/api/v1/groups/rules/${rule}/lifecycle/deactivate`);
  return undefined;
};

/** Assigns the group of the inputs to their application. */
export const assignGroup: Prepare = async (send, { application, group }) => {
  await ok(send, "PUT", `/api/v1/apps/${application}/groups/${group}`, {});
  return undefined;
};

/** Gives the user of the inputs an account in their application. */
export const assignUser: Prepare = async (send, { application, user }) => {
  await ok(send, "POST", `/api/v1/apps/${application}/users`, { id: user, scope: "USER" });
  return undefined;
};

/** Creates an import session: it has its id from Okta, so no sample can name one that is there. */
export const openSession: Prepare = async (send, { application }) => {
  const id = await ok(send, "POST", `/api/v1/identity-sources/${application}/sessions`);
  return { session: id };
};

/** The same with a user in it: an empty session cannot be triggered. */
export const loadSession: Prepare = async (send, inputs) => {
  const opened = await openSession(send, inputs);
  const profile = { userName: "ola.berg@example.com", email: "ola.berg@example.com" };
  const body = { entityType: "USERS", profiles: [{ externalId: "HR-2001", profile }] };
  const session = `/api/v1/identity-sources/${inputs.application}/sessions/${opened?.session}`;
  await ok(send, "POST", `${session}/bulk-upsert`, body);
  return opened;
};

/** @returns the id of what was answered. @throws Error when the org refuses */
async function ok(send: Send, method: string, path: string, sent?: unknown): Promise<string> {
  const { status, body } = await send(method, path, sent);
  if (status >= 300)
    throw new Error(
      `Before the card ran: ${method} ${path} was answered ${status} ${body.errorSummary ?? ""}.`,
    );
  return String(body.id);
}
