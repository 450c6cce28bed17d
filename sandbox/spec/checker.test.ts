import { describe, expect, it } from "vitest";
import type { Exchange } from "../http/pipeline.ts";
import type { Allowances } from "./allowances.ts";
import { SpecChecker } from "./checker.ts";

const document = {
  paths: {
    "/things/{id}": {
      get: {
        responses: {
          "200": { content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } } },
          "404": { $ref: "#/components/responses/Missing" },
        },
      },
      delete: { responses: { "204": { description: "" } } },
    },
    "/things/all": { get: { responses: { "200": { description: "no schema" } } } },
  },
  components: {
    responses: {
      Missing: { content: { "application/json": { schema: { $ref: "#/components/schemas/Error" } } } },
    },
    schemas: {
      Error: { type: "object", properties: { errorCode: { type: "string" } } },
      Thing: {
        type: "object",
        required: ["id"],
        properties: {
          id: { type: "string" },
          format: { type: "string", nullable: true, format: "email", enum: ["a"] },
          parts: {
            type: "array",
            items: { oneOf: [{ type: "integer" }, { type: "number" }], description: "both fit an integer" },
          },
        },
      },
    },
  },
};

const none: Allowances = { statuses: [], answers: [], requests: [] };

const check = (exchange: Partial<Exchange>, allowances = none) =>
  new SpecChecker(document, allowances).problems({
    method: "GET",
    path: "/things/1?x=y",
    status: 200,
    body: { id: "1" },
    ...exchange,
  });

describe("SpecChecker", () => {
  it.each<[string, Partial<Exchange>]>([
    ["a good body", {}],
    ["null where nullable, with an enum", { body: { id: "1", format: null } }],
    ["a value that fits two variants", { body: { id: "1", parts: [1] } }],
    ["a documented error by reference", { status: 404, body: { errorCode: "E1" } }],
    ["an error without body", { status: 404, body: null }],
    ["401, which the document leaves out", { status: 401, body: { errorCode: "E1" } }],
    ["204 without body", { method: "DELETE", status: 204, body: null }],
    ["a fixed path before a parameter", { path: "/things/all", body: 7 }],
  ])("accepts %s", (_name, exchange) => {
    expect(check(exchange)).toEqual([]);
  });

  it.each<[string, Partial<Exchange>, string]>([
    ["an unknown path", { path: "/other" }, "unknown operation GET /other"],
    ["an unknown method", { method: "PUT" }, "unknown operation PUT /things/1"],
    ["an undocumented status", { status: 418 }, "undocumented status 418"],
    ["a missing body", { body: null }, "no body for 200"],
    ["a missing field", { body: {} }, " must have required property 'id'"],
    ["a wrong type", { body: { id: 1 } }, "/id must be string"],
    ["a property named like a keyword", { body: { id: "1", format: 7 } }, "/format must be string,null"],
    ["a wrong element", { body: { id: "1", parts: ["x"] } }, "/parts/* must match a schema in anyOf"],
    ["a wrong error body", { status: 404, body: { errorCode: 7 } }, "/errorCode must be string"],
  ])("reports %s", (_name, exchange, problem) => {
    expect(check(exchange)).toContain(problem);
  });

  it("lets known deviations through", () => {
    const allowances: Allowances = {
      statuses: [{ operation: "GET /things/{id}", status: 423, because: "a lock" }],
      answers: [{ problems: ["GET /things/{id} /id must be string"], because: "a number in truth" }],
      requests: [],
    };
    expect(check({ body: { id: 1 } }, allowances)).toEqual([]);
    expect(check({ status: 423, body: { errorCode: "E1" } }, allowances)).toEqual([]);
  });
});
