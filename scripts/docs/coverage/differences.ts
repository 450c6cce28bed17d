const inOneList = (most: number, what: string) =>
  `Okta Workflows puts at most ${most} ${what} into a list; here it goes to its end, or to the Record Limit.`;

/**
 * Where a card differs from what another product's card of the same purpose does or says, by card id. One list item each.
 * From the products' own lists and references, compared with Okta's API.
 */
export const differences: Readonly<Record<string, readonly string[]>> = {
  "okta.users.deleted": [
    "Okta sends hooks when a deletion begins, not when it is done. The card of Okta Workflows starts at that moment too, though its name says deleted.",
  ],
  "okta.users.unlocked": [
    "As in Okta Workflows, only users whom Okta itself unlocks start it. For those an admin unlocks: Custom Webhook with `user.account.unlock_by_admin`.",
  ],
  "okta.users.suspiciousActivityReported": [
    "What Okta packs into one text of the event's debug data is taken apart into fields.",
  ],
  "okta.users.administratorAdded": [
    "BetterCloud's name. Okta has no event of its own for it: it sends the same one when an administrator gets or loses one role of several. The flow remembers who had a role and runs for those who had none.",
  ],
  "okta.users.administratorRemoved": [
    "BetterCloud's name. Okta has no event of its own for it: this is the event sent when the last admin role goes.",
  ],
  "okta.users.administratorCountExceeded": [
    "BetterCloud's name. Okta has no such event: the administrators are counted when one is added or removed.",
  ],
  "okta.groups.userAdded": [
    "BetterCloud lets one choose the group and the user's department. Here every event card has such conditions.",
    "Okta's event does not name the user's groups: User Groups are read when the flow uses them.",
  ],
  "okta.apps.userSynced": ["Okta Workflows calls it User Synced in External Application in its newer help."],
  "okta.policies.updated": [
    "The list of Okta Workflows speaks of policy rules here; the event is about the policy.",
  ],
  "okta.users.create": [
    "Okta Workflows types Activated as true or false; Okta answers a date and time, and so does this card.",
    "Freshservice's Create User with Password is the option With password.",
  ],
  "okta.users.read": [
    "Okta Workflows types Activated and Password Changed as true or false; Okta answers dates and times, and so does this card.",
    "Freshservice's look-ups by ID and by login are one card here.",
  ],
  "okta.users.getByShortname": ["Freshservice's name. Read User finds by shortname as well."],
  "okta.users.find": [
    "Okta Workflows looks for a query only; here a filter or a search expression may stand in its place.",
    `${inOneList(200, "users")} A query is the exception: Okta gives it 200 at most, and the card fails where there may be more.`,
  ],
  "okta.users.listWithFilter": [inOneList(200, "users")],
  "okta.users.listWithSearch": [
    "Okta Workflows sorts by ASC and DESC; Okta's API takes the words in small letters, and so does this card.",
    "Okta Workflows lists an input called NA; here the org's own attributes are inputs.",
  ],
  "okta.users.update": [
    "As in BetterCloud, an input left empty changes nothing. Clearing an attribute is a choice of its own here.",
  ],
  "okta.users.delete": [
    "As in Okta Workflows, a user who is not deactivated is only deactivated the first time: Okta deletes the second time.",
  ],
  "okta.users.reactivate": [
    "HappyFox says that it brings back deactivated users; Okta refuses that here (E0000038). Activate User does it.",
  ],
  "okta.users.resetPassword": [
    "HappyFox always sends the email; here it is an option.",
    "Okta Workflows can convert to a federated user, and so can this card, though Okta's API reference no longer names the parameter.",
  ],
  "okta.users.getGroups": [inOneList(200, "groups")],
  "okta.users.listApps": [inOneList(200, "applications")],
  "okta.groups.search": [
    `${inOneList(300, "groups")} A query is the exception: Okta gives it 10,000 at most, and the card fails where there may be more.`,
  ],
  "okta.groups.update": [
    "Okta replaces the whole profile, so Okta Workflows asks for the name every time. This card reads the group first and sends back what you leave empty.",
  ],
  "okta.groups.listMembers": [inOneList(200, "users")],
  "okta.groups.listApps": [inOneList(200, "applications")],
  "okta.groups.addUser": [
    "The reference of Okta Workflows says 404 for a user who is a member already; Okta answers 204 as for a new one.",
  ],
  "okta.groups.addUserToMultiple": ["Freshservice lists it twice, once misspelt."],
  "okta.apps.delete": ["As in Okta Workflows, an active application is refused: deactivate it first."],
  "okta.apps.assignUser": [
    "Okta Workflows offers the scopes User, Co-admin and Admin; Okta's API knows none but USER for this call, so there is no choice here.",
    "HappyFox's Assign app to user takes the user and the application only; here a user name and a password may go along.",
    "Okta Workflows names a password among the outputs; Okta never answers one.",
  ],
  "okta.apps.assignUserWithProfile": [
    "Okta Workflows offers the scopes User, Co-admin and Admin; Okta's API knows none but USER for this call, so there is no choice here.",
  ],
  "okta.apps.search": [inOneList(200, "applications")],
  "okta.apps.listUsers": [inOneList(500, "users")],
  "okta.apps.listGroups": [inOneList(200, "groups")],
  "okta.apps.updateProfile": [
    "Okta takes credentials and profile in calls of their own. Where both are filled in, this card makes both calls.",
  ],
  "okta.logs.search": [inOneList(200, "entries")],
  "okta.linkedobjects.set": ["The help of Okta Workflows says 201; Okta answers 204."],
  "okta.api.custom": ["The example of Okta Workflows begins with /api/v2/; Okta's API is below /api/v1/."],
};
