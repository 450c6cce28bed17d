import { describe, expect, it } from "vitest";
import { isLoopback, parseOrgUrl } from "./org-url.ts";

const strict = { allowLoopback: false };

describe("parseOrgUrl", () => {
  it.each([
    ["acme.okta.com", "https://acme.okta.com"],
    ["  https://acme.okta.com/  ", "https://acme.okta.com"],
    ["https://acme-admin.okta.com/admin/dashboard", "https://acme.okta.com"],
    ["acme-admin.oktapreview.com", "https://acme.oktapreview.com"],
    ["HTTPS://Login.Acme.com", "https://login.acme.com"],
  ])("reads %s", (input, origin) => expect(parseOrgUrl(input, strict)).toBe(origin));

  it.each([
    "http://acme.okta.com",
    "ftp://acme.okta.com",
    "javascript://acme.okta.com",
    "https://user:pw@acme.okta.com",
    "https://10.0.0.1",
    "https://[fe80::1]",
    "https://2130706433",
    "intranet",
    "http://localhost:3001",
    "https://127.0.0.1",
    "",
    "not a url at all",
  ])("refuses %s", (input) => expect(() => parseOrgUrl(input, strict)).toThrow());

  it("takes an org on this machine where that is allowed, and nowhere else", () => {
    expect(parseOrgUrl("http://127.0.0.1:3001", { allowLoopback: true })).toBe("http://127.0.0.1:3001");
    expect(parseOrgUrl("http://localhost:3001/x", { allowLoopback: true })).toBe("http://localhost:3001");
    expect(() => parseOrgUrl("http://127.0.0.2", { allowLoopback: true })).toThrow();
    expect(isLoopback("http://[::1]:3001")).toBe(true);
    expect(isLoopback("https://acme.okta.com")).toBe(false);
  });
});
