import type { Card } from "../../../cards/define.ts";
import { accountEvents } from "./account-events.ts";
import { administratorCountExceedsThreshold } from "./administrator-count.ts";
import { applicationEvents } from "./application-events.ts";
import { customWebhook } from "./custom-webhook.ts";
import { deviceEvents } from "./device-events.ts";
import { factorEvents } from "./factor-events.ts";
import { governanceEvents } from "./governance-events.ts";
import { groupEvents } from "./group-events.ts";
import { importEvents } from "./import-events.ts";
import { lifecycleEvents } from "./lifecycle-events.ts";
import { orgEvents } from "./org-events.ts";
import { policyEvents } from "./policy-events.ts";
import { privilegeEvents } from "./privilege-events.ts";
import { signInEvents } from "./sign-in-events.ts";
import { suspiciousActivityReported } from "./suspicious-activity.ts";

/** All events of Okta that have a card, in the order of the palette. */
export const oktaEvents: Card[] = [
  ...lifecycleEvents,
  ...accountEvents,
  ...groupEvents,
  ...applicationEvents,
  ...signInEvents,
  suspiciousActivityReported,
  ...factorEvents,
  ...privilegeEvents,
  administratorCountExceedsThreshold,
  ...deviceEvents,
  ...policyEvents,
  ...importEvents,
  ...governanceEvents,
  ...orgEvents,
  customWebhook,
];
