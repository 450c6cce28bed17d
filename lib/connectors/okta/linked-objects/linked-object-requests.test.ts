import { describe } from "vitest";
import { get, type RequestCase, testRequests } from "../test-requests.ts";
import { getAssociatedLinkedObjects, getPrimaryLinkedObject } from "./get-linked-objects.ts";
import { deleteLinkedObject, setLinkedObject } from "./set-linked-object.ts";

const link = (id: string) => ({ _links: { self: { href: `https://example.okta.com/api/v1/users/${id}` } } });

const LINKED: RequestCase[] = [
  {
    name: "Set Linked Object Value for Primary",
    card: setLinkedObject,
    inputs: { primaryUser: "00uBoss", associatedUser: "ann@example.com", primaryName: "manager" },
    answer: { status: 204 },
    request: { method: "PUT", path: "/api/v1/users/ann%40example.com/linkedObjects/manager/00uBoss" },
    outputs: { statusCode: 204 },
  },
  {
    name: "Delete Linked Object Value",
    card: deleteLinkedObject,
    inputs: { associatedUser: "00u1", primaryName: "manager" },
    answer: { status: 204 },
    request: { method: "DELETE", path: "/api/v1/users/00u1/linkedObjects/manager" },
    outputs: { statusCode: 204 },
  },
  {
    name: "Get Primary Linked Object Value",
    card: getPrimaryLinkedObject,
    inputs: { associatedUser: "00u1", primaryName: "manager" },
    answer: { body: [link("00uBoss")] },
    request: get("/api/v1/users/00u1/linkedObjects/manager"),
    outputs: { primaryUser: "00uBoss" },
  },
  {
    name: "Get Primary Linked Object Value without a link",
    card: getPrimaryLinkedObject,
    inputs: { associatedUser: "00u1", primaryName: "manager" },
    answer: { body: [] },
    request: get("/api/v1/users/00u1/linkedObjects/manager"),
    outputs: { primaryUser: null },
  },
  {
    name: "Get Associated Linked Object Values",
    card: getAssociatedLinkedObjects,
    inputs: { primaryUser: "00uBoss", associatedName: "subordinate", recordLimit: 2 },
    answer: { body: [link("00u1"), link("00u2"), link("00u3")] },
    request: get("/api/v1/users/00uBoss/linkedObjects/subordinate"),
    outputs: { associatedUsers: ["00u1", "00u2"] },
  },
  {
    name: "Get Associated Linked Object Values, links without an address left out",
    card: getAssociatedLinkedObjects,
    inputs: { primaryUser: "00uBoss", associatedName: "subordinate" },
    answer: { body: [{}, link("00u2")] },
    request: get("/api/v1/users/00uBoss/linkedObjects/subordinate"),
    outputs: { associatedUsers: ["00u2"] },
  },
];

describe("what the linked object cards ask of Okta", () => testRequests(LINKED, "okta.linkedobjects."));
