import { type Field, field } from "../../../cards/field.ts";
import { isJsonObject, type Json, type JsonObject } from "../../../flow/json.ts";
import type { OktaClient } from "../client.ts";
import { entityField } from "./event-fields.ts";
import { debugFact, firstTarget, targetsOf } from "./okta-event.ts";

/** An output of an event card, and where in the event it stands. */
export interface Fact {
  field: Field;
  from: (event: JsonObject) => Json;
  /** Set where it is the user or the group the event is about: conditions and alert settings ask for it. */
  about?: "user" | "group";
}

/** An output that is not in the event. Asked for only where a later card reads it; `room` is what it may come to, in bytes. */
export interface LookUp {
  field: Field;
  lookUp: (client: OktaClient, event: JsonObject, room: number) => Promise<Json>;
  /** The call it makes: `GET /api/v1/users/{id}/groups`. */
  call: string;
  sample: Json;
}

/** Outputs of one kind of event by key, in the order people see them. */
export type Facts = Record<string, Fact | LookUp>;

/** Who did it, under the name Okta's own cards give them: "Admin" or "Actor". */
export function doer(label: "Admin" | "Actor", help: string): Fact {
  return { field: entityField(label, help), from: (event) => event.actor ?? null };
}

/** What it was done to: the first target of a type. Targets come in no fixed order, so the place says nothing. */
export function target(label: string, type: string, help: string): Fact {
  return {
    field: entityField(label, help),
    from: (event) => firstTarget(event, type),
    ...(type === "User" ? { about: "user" } : type === "UserGroup" ? { about: "group" } : {}),
  };
}

/** Types that stand beside what an event is about, and are never it where its type has another name than expected. */
const COMPANIONS = ["User", "UserGroup", "AppUser", "AppInstance", "AuthenticatorEnrollment"];

/**
 * The same where Okta nowhere says how it calls the type: the first target of one of the likely types, else the first
 * that is nobody's companion. Guessing one name would leave the output empty for good in orgs that use another.
 */
export function likelyTarget(event: JsonObject, types: readonly string[]): JsonObject | null {
  for (const type of types) {
    const found = firstTarget(event, type);
    if (found) return found;
  }
  return targetsOf(event).find(({ type }) => typeof type !== "string" || !COMPANIONS.includes(type)) ?? null;
}

/** `likelyTarget` as an output. */
export function likely(label: string, types: readonly string[], help: string): Fact {
  return { field: entityField(label, help), from: (event) => likelyTarget(event, types) };
}

/** A text among the debug facts of an event. */
export function debugText(label: string, name: string, help: string): Fact {
  return { field: field.text({ label, help }), from: (event) => debugFact(event, name) };
}

/** How it came out: "result" (SUCCESS, FAILURE, DENY …) or "reason". */
export function outcome(label: string, part: "result" | "reason", help: string): Fact {
  return {
    field: field.text({ label, help }),
    from: ({ outcome }) => (isJsonObject(outcome) ? (outcome[part] ?? null) : null),
  };
}

/** The user an event is about. */
export function oktaUser(help: string): Fact {
  return target("Okta User", "User", help);
}
