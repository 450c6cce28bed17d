import { describe, expect, it } from "vitest";
import { guardHeaders, visibleHeaders } from "./guard-headers.ts";

describe("guardHeaders", () => {
  it("passes headers on, in lower case and however many, and leaves empty ones out", () => {
    expect(guardHeaders({ "If-Match": 'W/"1"', Prefer: "respond-async", Accept: "" })).toEqual({
      "if-match": 'W/"1"',
      prefer: "respond-async",
    });
    const many = Object.fromEntries(
      Array.from({ length: 30 }, (_, index) => [`x-custom-${index}`, `${index}`]),
    );
    expect(guardHeaders(many)).toEqual(many);
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
    "X-Original-URL",
    "Proxy-Authorization",
    "Sec-Fetch-Site",
    "Content-Type",
    "User-Agent",
    "DPoP",
    " authorization ",
  ])("refuses to set %j", (name) => {
    expect(() => guardHeaders({ [name]: "x" })).toThrow(/can't be set here/);
  });

  it.each(["a\r\nAuthorization: SSWS x", "a\nb", "a\u0000b", "ä", "x".repeat(5000)])(
    "refuses the value %j",
    (value) => {
      expect(() => guardHeaders({ Accept: value })).toThrow(/characters no header may have/);
    },
  );

  it.each(["", " ", "a b", "a:b", "a\r\nb", "ä", "x".repeat(200)])("refuses the name %j", (name) => {
    expect(() => guardHeaders({ [name]: "x" })).toThrow(/name no header may have/);
  });

  it("refuses a header that is given twice", () => {
    expect(() => guardHeaders({ Prefer: "a", prefer: "b" })).toThrow(/given twice/);
  });

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
