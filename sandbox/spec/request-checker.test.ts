import { describe, expect, it } from "vitest";
import type { Exchange } from "../http/pipeline.ts";
import type { Allowances } from "./allowances.ts";
import { RequestChecker } from "./request-checker.ts";

const json = (schema: object, required = false) => ({
  required,
  content: { "application/json": { schema } },
});
const ref = (name: string) => ({ $ref: `#/components/schemas/${name}` });

const document = {
  paths: {
    "/things": {
      post: {
        parameters: [
          { name: "activate", in: "query", schema: { type: "boolean" } },
          { name: "mode", in: "query", required: true, schema: { type: "string", enum: ["fast", "slow"] } },
          { name: "If-Match", in: "header", required: true },
        ],
        requestBody: json(ref("Thing"), true),
      },
    },
    "/things/{id}": {
      parameters: [{ $ref: "#/components/parameters/limit" }],
      delete: {},
      put: { requestBody: json({ anyOf: [ref("Named"), { allOf: [ref("Thing"), ref("Named")] }] }) },
    },
  },
  components: {
    parameters: { limit: { name: "limit", in: "query", schema: { type: "integer", maximum: 200 } } },
    schemas: {
      Named: { type: "object", required: ["name"], properties: { name: { type: "string" } } },
      Thing: {
        type: "object",
        required: ["kind", "id"],
        properties: {
          id: { type: "string", readOnly: true },
          kind: { type: "string", enum: ["a", "b"] },
          owner: ref("Named"),
          profile: { type: "object", properties: { x: { type: "integer" } }, additionalProperties: true },
          free: { type: "object" },
          closed: { type: "object", additionalProperties: false },
        },
      },
    },
  },
};

const none: Allowances = { statuses: [], answers: [], requests: [] };
const good = {
  method: "POST",
  path: "/things?mode=fast",
  status: 200,
  body: null,
  requestBody: { kind: "a" },
};
const check = (exchange: Partial<Exchange>, allowances = none) =>
  new RequestChecker(document, allowances).problems({ ...good, ...exchange });

describe("RequestChecker", () => {
  it.each<[string, Partial<Exchange>]>([
    ["a good body, without what only Okta sets", {}],
    [
      "properties where others are allowed",
      { requestBody: { kind: "b", profile: { y: 1 }, free: { z: 1 } } },
    ],
    ["a query value that stands for its type", { path: "/things?mode=slow&activate=true" }],
    ["no body where none is asked", { method: "DELETE", path: "/things/1", requestBody: undefined }],
    [
      "a parameter of the whole path",
      { method: "DELETE", path: "/things/1?limit=5", requestBody: undefined },
    ],
    [
      "what one part of a schema knows and the other does not",
      { method: "PUT", path: "/things/1", requestBody: { kind: "a", name: "x" } },
    ],
  ])("accepts %s", (_name, exchange) => {
    expect(check(exchange)).toEqual([]);
  });

  it.each<[string, Partial<Exchange>, string]>([
    ["an unknown operation", { path: "/others" }, "unknown operation POST /others"],
    ["a missing body", { requestBody: undefined }, "the body is missing"],
    ["a body nobody asked for", { method: "DELETE", path: "/things/1" }, "takes no body, but one was sent"],
    ["a missing property", { requestBody: {} }, "body must have required property 'kind'"],
    ["a wrong type", { requestBody: { kind: "a", profile: { x: "1" } } }, "body/profile/x must be integer"],
    [
      "a value not listed",
      { requestBody: { kind: "c" } },
      "body/kind must be equal to one of the allowed values",
    ],
    [
      "a misspelt property",
      { requestBody: { kind: "a", pro_file: {} } },
      "body/pro_file is not in the document",
    ],
    [
      "a misspelt property behind a reference",
      { requestBody: { kind: "a", owner: { name: "x", nmae: "y" } } },
      "body/owner/nmae is not in the document",
    ],
    [
      "a forbidden property",
      { requestBody: { kind: "a", closed: { q: 1 } } },
      "body/closed/q is not in the document",
    ],
    ["a property only Okta sets", { requestBody: { kind: "a", id: "1" } }, "body/id is set by Okta alone"],
    ["a missing query parameter", { path: "/things" }, "query mode is missing"],
    ["an unknown query parameter", { path: "/things?mode=fast&nope=1" }, "query nope is not in the document"],
    ["a wrong query value", { path: "/things?mode=fast&activate=perhaps" }, "query activate must be boolean"],
    [
      "a query value not listed",
      { path: "/things?mode=mid" },
      "query mode must be equal to one of the allowed values",
    ],
    [
      "a query value out of range",
      { method: "DELETE", path: "/things/1?limit=201", requestBody: undefined },
      "query limit must be <= 200",
    ],
  ])("reports %s", (_name, exchange, problem) => {
    expect(check(exchange)).toContain(problem);
  });

  it("lets known deviations through, for their operation only", () => {
    const requests = [
      { problems: ["POST /things query nope is not in the document"], because: "undocumented" },
    ];
    expect(check({ path: "/things?mode=fast&nope=1" }, { ...none, requests })).toEqual([]);
    expect(check({ path: "/things/1?nope=1", method: "PUT" }, { ...none, requests })).not.toEqual([]);
  });

  it("refuses what is no OpenAPI document", () => {
    expect(() => new RequestChecker({ openapi: "3.0.3" }, none)).toThrow("it has no paths");
  });
});
