import type { Loader } from "../../cards/connector.ts";
import type { Card } from "../../cards/define.ts";
import { groupEvents } from "./groups/group-events.ts";
import { membershipActions } from "./groups/membership.ts";
import { lifecycleActions } from "./users/lifecycle.ts";
import { readUser } from "./users/read-user.ts";
import { userEvents } from "./users/user-events.ts";

/** Event and action cards of Okta, in the order of the palette. */
export const oktaCards: Card[] = [
  ...userEvents,
  ...groupEvents,
  readUser,
  ...lifecycleActions,
  ...membershipActions,
];

/** What the cards ask a connection for while a flow is built. */
export const oktaLoaders: Loader[] = [];
