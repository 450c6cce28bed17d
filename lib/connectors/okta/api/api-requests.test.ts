import { describe } from "vitest";
import { get, post, type RequestCase, testRequests } from "../test-requests.ts";
import { customApiAction } from "./custom-api-action.ts";

const API: RequestCase[] = [
  {
    name: "Custom API Action, GET",
    card: customApiAction,
    inputs: { relativeUrl: "/api/v1/apps?limit=5", query: { q: "Sales" } },
    answer: { body: [], headers: { "x-okta-request-id": "r1", "set-cookie": "sid=1" } },
    request: { ...get("/api/v1/apps", { limit: "5", q: "Sales" }), headers: {} },
    outputs: { statusCode: 200, body: [], headers: { "x-okta-request-id": "r1" } },
  },
  {
    name: "Custom API Action, POST",
    card: customApiAction,
    options: { method: "POST" },
    inputs: { relativeUrl: "/api/v1/groups", headers: { Prefer: "x" }, body: { profile: { name: "New" } } },
    request: post("/api/v1/groups", { headers: { prefer: "x" }, body: { profile: { name: "New" } } }),
  },
  {
    name: "Custom API Action that gives refusals as outputs",
    card: customApiAction,
    options: { refusal: "give" },
    inputs: { relativeUrl: "/api/v1/users/00uNone", query: { expand: ["blocks", "more"] } },
    answer: { status: 404, body: { errorCode: "E0000007" } },
    request: {
      ...get("/api/v1/users/00uNone", { expand: ["blocks", "more"] }),
      headers: {},
      refusals: "give",
    },
    outputs: { statusCode: 404, body: { errorCode: "E0000007" } },
  },
  {
    name: "Custom API Action, DELETE",
    card: customApiAction,
    options: { method: "DELETE" },
    inputs: { relativeUrl: "/api/v1/groups/00g1" },
    answer: { status: 204 },
    request: { method: "DELETE", path: "/api/v1/groups/00g1", headers: {} },
    outputs: { statusCode: 204, body: null },
  },
];

describe("what Custom API Action asks of Okta", () => testRequests(API, "okta.api."));
