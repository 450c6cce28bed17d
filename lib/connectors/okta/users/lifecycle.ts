import type { Card, RunContext } from "../../../cards/define.ts";
import { type OktaClient, okta } from "../client.ts";
import { userInput } from "../common-inputs.ts";
import { docsUrl } from "../docs-url.ts";
import { oktaAction } from "../okta-action.ts";
import { path } from "../path.ts";
import { lookUpUser, sinceAttempt } from "../read-back.ts";
import { SAMPLE_LOCKED_LOGIN, SAMPLE_USER_ID } from "../samples.ts";
import { statusOf, statusOrNotFound, statusOutput } from "../status.ts";
import { sendEmailOption, sendsEmail } from "./send-email-option.ts";

const inputs = { user: userInput };

/** One step of a user's life: POST /api/v1/users/{id}/lifecycle/{step}. */
interface Step {
  id: string;
  title: string;
  summary: string;
  help: string;
  keywords: string[];
  step: "activate" | "deactivate" | "suspend" | "unsuspend" | "unlock";
  operation: string;
  /** Statuses a user is in when the step has happened. */
  leadsTo: string[];
  options?: ReturnType<typeof sendEmailOption>;
  /** What a 404 means, where it is an output. The card fails otherwise. */
  missing?: string;
  /** A user of the sandbox org in a status the step starts from; Ann Lee where it is not given. */
  sampleUser?: string;
}

/**
 * Sent twice, a step is refused the second time (403 E0000016, 404 E0000007 or 400 E0000001, 403 E0000032), which would make a step
 * that worked look failed. So after a lost answer the card looks: a user in the right status since the attempt began
 * was brought there by it.
 */
function lifecycleAction({ step, operation, leadsTo, sampleUser, missing, ...card }: Step): Card {
  const reached = async ({ inputs: { user }, client, now }: RunContext<{ user: string }, OktaClient>) => {
    const found = await lookUpUser(client, user);
    if (!found) return null;
    const { status, transitioningToStatus } = found;
    const there = [status, transitioningToStatus].some(
      (name) => typeof name === "string" && leadsTo.includes(name),
    );
    return there && sinceAttempt(client, found.statusChanged, now) ? { statusCode: 200 } : null;
  };
  return oktaAction({
    ...card,
    version: 1,
    docs: docsUrl("UserLifecycle", operation),
    connector: okta,
    category: "Users",
    endpoint: `POST /api/v1/users/{id}/lifecycle/${step}`,
    scopes: ["okta.users.manage"],
    effect: "write",
    repeat: "check",
    inputs,
    outputs: { statusCode: statusOutput({ success: 200, missing }) },
    sample: { inputs: { user: sampleUser ?? SAMPLE_USER_ID }, outputs: { statusCode: 200 } },
    run: async ({ inputs: { user }, options, client }) => {
      const sendEmail = card.options ? sendsEmail(options) : undefined;
      const call = {
        method: "POST",
        path: `${path`/api/v1/users/${{ user }}`}/lifecycle/${step}`,
        query: { sendEmail },
      } as const;
      return { statusCode: await (missing ? statusOrNotFound : statusOf)(client, call) };
    },
    readBack: reached,
  });
}

export const activateUser = lifecycleAction({
  id: "okta.users.activate",
  title: "Activate User",
  summary: "Activates a staged or deactivated user.",
  help:
    "Works on users who are STAGED or DEPROVISIONED. Without a password the user becomes PROVISIONED and finishes by the " +
    "activation email; with one, ACTIVE at once. A user who is active already is refused (E0000016).",
  keywords: ["enable", "onboarding", "reinstate", "activate account"],
  step: "activate",
  operation: "activateUser",
  leadsTo: ["ACTIVE", "PROVISIONED"],
  options: sendEmailOption("Whether Okta sends the user the activation email.", "yes"),
});

export const deactivateUser = lifecycleAction({
  id: "okta.users.deactivate",
  title: "Deactivate User",
  summary: "Deactivates a user: ends access and removes all application assignments.",
  help:
    "Can't be taken back in full: Activate User brings the account back, but not its application assignments. A user who " +
    "is deactivated already or does not exist is no failure: Status Code is 404 then.",
  keywords: ["disable", "offboarding", "leaver", "deprovision", "terminate"],
  step: "deactivate",
  operation: "deactivateUser",
  leadsTo: ["DEPROVISIONED"],
  missing: "there is no such user, or it is deactivated already",
  options: sendEmailOption("Whether Okta sends the admins a message about it.", "no"),
});

export const suspendUser = lifecycleAction({
  id: "okta.users.suspend",
  title: "Suspend User",
  summary: "Suspends an active user, who keeps groups and applications but can't sign in.",
  help: "Only active users can be suspended (else E0000001).",
  keywords: ["block", "pause", "lock out", "leave of absence"],
  step: "suspend",
  operation: "suspendUser",
  leadsTo: ["SUSPENDED"],
});

export const unsuspendUser = lifecycleAction({
  id: "okta.users.unsuspend",
  title: "Unsuspend User",
  summary: "Lets a suspended user sign in again.",
  help: "Only suspended users can be unsuspended (else E0000001).",
  keywords: ["unblock", "resume", "return from leave"],
  step: "unsuspend",
  operation: "unsuspendUser",
  leadsTo: ["ACTIVE"],
});

export const unlockUser = lifecycleAction({
  id: "okta.users.unlock",
  title: "Unlock User",
  summary: "Unlocks a user who is locked out after too many wrong passwords.",
  help:
    "Works on users who are LOCKED_OUT, who become ACTIVE with the password they had (else E0000032). Users of a directory " +
    "such as Active Directory are unlocked there.",
  keywords: ["locked out", "account locked", "too many attempts", "unblock"],
  step: "unlock",
  operation: "unlockUser",
  leadsTo: ["ACTIVE"],
  sampleUser: SAMPLE_LOCKED_LOGIN,
});

export const lifecycleActions: Card[] = [
  activateUser,
  deactivateUser,
  suspendUser,
  unsuspendUser,
  unlockUser,
];
