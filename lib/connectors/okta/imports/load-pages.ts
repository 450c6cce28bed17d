import { CardError } from "../../../cards/errors.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";
import { asTexts, MAX_REQUESTS, MAX_USERS_PER_REQUEST } from "./import-fields.ts";

/** Okta refuses a request of more than 200 KB; what stands around the users fits into the rest. */
const MAX_BYTES = 200_000 - 100;
const MAX_EXTERNAL_ID = 512;

export type ImportOperation = "upsert" | "delete";

/**
 * The users of an import as Okta takes them: their external ids and, to create or update them, their profiles as texts.
 * @throws CardError (input) naming the user without a usable external id, counted from 1.
 */
export function importProfiles(users: readonly Json[], operation: ImportOperation): JsonObject[] {
  return users.map((user, index): JsonObject => {
    const { externalId, profile } = isJsonObject(user) ? user : {};
    const id = typeof externalId === "number" ? String(externalId) : externalId;
    if (typeof id !== "string" || id.trim() === "") throw badUser(index, "has no External ID");
    if (id.length > MAX_EXTERNAL_ID) {
      throw badUser(index, `has an External ID of more than ${MAX_EXTERNAL_ID} characters`);
    }
    if (operation === "delete") return { externalId: id };
    return { externalId: id, profile: asTexts(isJsonObject(profile) ? profile : {}) };
  });
}

/**
 * The users in the requests they are sent in: at most so many, and at most 200 KB, per request.
 * @throws CardError (input) where one user alone is too big, or a session would need more than 50 requests.
 */
export function loadPages(profiles: readonly JsonObject[], perRequest: number): JsonObject[][] {
  const encoder = new TextEncoder();
  const pages: JsonObject[][] = [];
  let page: JsonObject[] = [];
  let bytes = 0;
  for (const [index, profile] of profiles.entries()) {
    // One more for the comma.
    const size = encoder.encode(JSON.stringify(profile)).length + 1;
    if (size > MAX_BYTES) throw badUser(index, "has more than the 200 KB a request may have");
    if (page.length > 0 && (page.length >= perRequest || bytes + size > MAX_BYTES)) {
      pages.push(page);
      page = [];
      bytes = 0;
    }
    page.push(profile);
    bytes += size;
  }
  if (page.length > 0) pages.push(page);
  if (pages.length > MAX_REQUESTS) throw tooMany(profiles.length, pages.length);
  return pages;
}

/**
 * Users Per Page of the card, or the most there can be.
 * @throws CardError (input) for anything but a whole number from 1 to 200.
 */
export function usersPerRequest(given: number | undefined): number {
  if (given === undefined) return MAX_USERS_PER_REQUEST;
  if (Number.isInteger(given) && given >= 1 && given <= MAX_USERS_PER_REQUEST) return given;
  throw new CardError(
    `Users Per Page is ${given}, but takes a whole number from 1 to ${MAX_USERS_PER_REQUEST}.`,
    {
      kind: "input",
      code: "out-of-range",
      field: ["usersPerPage"],
      hint: "Leave it empty for the most Okta takes.",
    },
  );
}

function badUser(index: number, what: string): CardError {
  return new CardError(`User ${index + 1} of the list ${what}.`, {
    kind: "input",
    code: "invalid-user",
    field: ["users", String(index)],
    hint: "Nothing was sent. Correct or leave out the user.",
  });
}

function tooMany(users: number, requests: number): CardError {
  return new CardError(
    `${users} users take ${requests} requests, but an import session takes at most ${MAX_REQUESTS}.`,
    {
      kind: "input",
      code: "out-of-range",
      field: ["users"],
      hint: "Nothing was sent. Send more users per page, or spread them over several sessions.",
    },
  );
}
