import { field } from "../../cards/field.ts";

/** The user a card is about, where Okta takes an id, a login or its part before the @. */
export const userInput = field.text({
  label: "ID or Login",
  group: "User",
  required: true,
  picker: "okta.users",
});

/** The same on cards that call it ID. */
export const userIdOrLoginInput = field.text({
  label: "ID",
  group: "User",
  required: true,
  picker: "okta.users",
  help: "The Okta id or the login of the user.",
});

/** For calls of Okta that take the id of a user only. */
export const userIdInput = field.text({
  label: "User ID",
  group: "User",
  required: true,
  picker: "okta.users",
  help: "The Okta id of the user; this call of Okta takes no login.",
});

/** The group a card is about. */
export const groupInput = field.text({
  label: "ID",
  group: "Group",
  required: true,
  picker: "okta.groups",
  help: "The Okta id of the group.",
});

/** The same beside the ID of something else. */
export const groupIdInput = field.text({
  label: "Group ID",
  group: "Group",
  required: true,
  picker: "okta.groups",
});

/** For calls that can end the sessions of the user too. */
export const revokeSessionsInput = field.boolean({
  label: "Revoke Sessions",
  group: "User",
  emptyMeans: "No",
  help: "Sign the user out everywhere.",
});

/** For calls whose email goes to the admins, which Okta sends only when asked to. */
export const tellAdminsInput = field.boolean({
  label: "Send Email?",
  group: "User",
  emptyMeans: "No",
  help: "Tell the admins about it by email.",
});
