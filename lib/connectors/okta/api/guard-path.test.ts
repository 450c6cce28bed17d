import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { CardError } from "../../../cards/errors.ts";
import { guardPath, mergeQuery } from "./guard-path.ts";

const ATTACKS = [
  "//evil.example",
  "//evil.example/api/v1/users",
  "///api/v1/users",
  "http://evil.example/api/v1/users",
  "https:evil.example/api/",
  "javascript:alert(1)",
  "\\\\evil.example\\api\\v1",
  "/\\evil.example/api/v1",
  "/api\\v1\\users",
  "/api/v1/users\\..\\..\\login",
  "/api/../login/login.htm",
  "/api/./v1/users",
  "/api/v1/../../admin/dashboard",
  "/api/v1/users/..",
  "/api/%2e%2e/login",
  "/api/%2E%2e/login",
  "/api/..%2flogin",
  "/api/v1/..%2f..%2flogin",
  "/api/v1/..%5c..%5clogin",
  "/api/%252e%252e/login",
  "/api/%25252525252e%25252525252e/login",
  "/api/v1/users/..;/login",
  "/api/v1//users",
  "/api/v1/%2f/users",
  "/api/v1/users%2F%2Fevil",
  "/api//",
  "/api",
  "/api/",
  "/api/v1/users/",
  "api/v1/users",
  "@evil.example/api/v1",
  "/@evil.example/api/v1",
  "/api@evil.example/v1",
  "/api/v1/users/ann@example.com",
  ":80@evil.example/api/v1",
  "/api/v1/users\r\nHost: evil.example",
  "/api/v1/users%0d%0aHost:%20evil.example",
  "/api/v1/users%00",
  "/api/v1/us\ters",
  "/api/v1/users\u2028x",
  "/api/v1/users?q=a\nb",
  "/api/v1/users#/lifecycle",
  "/api/v1/users/%",
  "/api/v1/users/%zz",
  "/login/login.htm",
  "/admin/dashboard",
  "/apix/v1/users",
  "/API/v1/users",
  " /api/v1/users",
  "/app/office365/exk1/sso/saml",
  "",
  "/",
  ".",
  "..",
];

describe("guardPath", () => {
  it.each(ATTACKS)("refuses %j", (attack) => {
    expect(() => guardPath(attack)).toThrow(CardError);
  });

  it("says what is wrong and at which input", () => {
    const refusal = () => guardPath("/api/v1/users/ann@example.com");
    expect(refusal).toThrow('The Relative URL has an "@" in its path.');
    try {
      refusal();
    } catch (error) {
      expect(error).toBeInstanceOf(CardError);
      expect(error instanceof CardError && error.details).toMatchObject({
        kind: "input",
        code: "unsafe-path",
        field: ["relativeUrl"],
      });
    }
  });

  it.each([
    ["/api/v1/users/00u1/factors", "/api/v1/users/00u1/factors", {}],
    ["/api/v1/users/ann%40example.com", "/api/v1/users/ann%40example.com", {}],
    ["/api/v1/users/Ann Lee", "/api/v1/users/Ann%20Lee", {}],
    ["/api/v1/users/me", "/api/v1/users/me", {}],
    ["/oauth2/v1/clients", "/oauth2/v1/clients", {}],
    ["/governance/api/v1/campaigns", "/governance/api/v1/campaigns", {}],
    ["/.well-known/okta-organization", "/.well-known/okta-organization", {}],
    ["/api/v1/users?limit=5&q=a", "/api/v1/users", { limit: "5", q: "a" }],
    [
      '/api/v1/users?search=profile.email eq "ann@example.com"',
      "/api/v1/users",
      { search: 'profile.email eq "ann@example.com"' },
    ],
    ["/api/v1/users?search=a%20b&after=%2F..%2F", "/api/v1/users", { search: "a b", after: "/../" }],
    ["/api/v1/users?next=https://evil.example//x", "/api/v1/users", { next: "https://evil.example//x" }],
  ])("lets %j through", (url, path, query) => {
    expect(guardPath(url)).toEqual({ path, query });
  });

  it("never leaves the org or the API, whatever a value holds", () => {
    const pieces = fc.constantFrom(
      "/",
      "\\",
      "..",
      ".",
      "%2e",
      "%2f",
      "%5c",
      "@",
      ":",
      "//",
      "?",
      "#",
      "%25",
      "a",
      "\t",
      ";",
    );
    const hostile = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.oneof(hostile, fc.string()), (value) => {
        let guarded: { path: string };
        try {
          guarded = guardPath(`/api/v1/users/${value}`);
        } catch (error) {
          return error instanceof CardError;
        }
        const url = new URL(guarded.path, "https://org.test");
        return (
          url.origin === "https://org.test" && url.pathname.startsWith("/api/v1/users/") && url.search === ""
        );
      }),
      { numRuns: 3000 },
    );
  });
});

describe("mergeQuery", () => {
  it("puts the parameters of both together and leaves empty ones out", () => {
    expect(mergeQuery({ q: "a" }, { limit: 5, active: true, after: "", sortBy: null })).toEqual({
      q: "a",
      limit: "5",
      active: "true",
    });
  });

  it("gives a parameter once for each value of a list", () => {
    expect(guardPath("/api/v1/users?expand=a&expand=b&q=x").query).toEqual({ expand: ["a", "b"], q: "x" });
    expect(mergeQuery({}, { expand: ["a", 2, null, ""], one: ["b"], none: [] })).toEqual({
      expand: ["a", "2"],
      one: "b",
    });
  });

  it("refuses a parameter that stands in both places or holds an object", () => {
    expect(() => mergeQuery({ q: "a" }, { q: "b" })).toThrow(/"q" is given twice/);
    expect(() => mergeQuery({}, { q: { a: 1 } })).toThrow(/plain value/);
    expect(() => mergeQuery({}, { q: [{ a: 1 }] })).toThrow(/plain value/);
  });

  it("keeps a parameter called __proto__ a parameter", () => {
    const merged = mergeQuery(guardPath("/api/v1/users?__proto__=x").query, undefined);
    expect(Object.getPrototypeOf(merged)).toBe(Object.prototype);
    expect(Object.entries(merged)).toEqual([["__proto__", "x"]]);
  });
});
