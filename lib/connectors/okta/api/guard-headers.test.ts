import { describe, expect, it } from "vitest";
import { guardHeaders, visibleHeaders } from "./guard-headers.ts";

describe("guardHeaders", () => {
  it("passes allowed headers, in lower case, and leaves empty ones out", () => {
    expect(guardHeaders({ "If-Match": 'W/"1"', Prefer: "respond-async", Accept: "" })).toEqual({
      "if-match": 'W/"1"',
      prefer: "respond-async",
    });
    expect(guardHeaders(undefined)).toEqual({});
  });

  it.each([
    "Authorization",
    "Cookie",
    "Host",
    "Content-Length",
    "Transfer-Encoding",
    "X-Forwarded-For",
    "X-Forwarded-Host",
    "X-HTTP-Method-Override",
    "DPoP",
    " authorization ",
    "__proto__x",
    "",
  ])("refuses to set %j", (name) => {
    expect(() => guardHeaders({ [name]: "x" })).toThrow(/can't be set here/);
  });

  it.each(["a\r\nAuthorization: SSWS x", "a\nb", "a\u0000b", "ä", "x".repeat(5000)])(
    "refuses the value %j",
    (value) => {
      expect(() => guardHeaders({ Accept: value })).toThrow(/characters no header may have/);
    },
  );

  it("takes text only", () => {
    expect(() => guardHeaders({ Accept: ["a"] })).toThrow(/takes text/);
  });
});

describe("visibleHeaders", () => {
  it("hides sessions", () => {
    expect(visibleHeaders({ "content-type": "application/json", "set-cookie": "sid=secret" })).toEqual({
      "content-type": "application/json",
    });
  });
});
