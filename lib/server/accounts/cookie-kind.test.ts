import { describe, expect, test } from "vitest";
import { acceptedCookies, cookieKindFor } from "./cookie-kind.ts";

const PUBLIC = "https://flows.example.com";

describe("which cookie a session gets", () => {
  test.each([
    ["no PUBLIC_URL", { host: "localhost:3000", origin: "http://localhost:3000" }, undefined, "plain"],
    ["the public address", { host: "flows.example.com", origin: PUBLIC }, PUBLIC, "secure"],
    ["a proxy that rewrites Host", { host: "127.0.0.1:3000", origin: PUBLIC }, PUBLIC, "secure"],
    ["the same machine", { host: "localhost:3000", origin: "http://localhost:3000" }, PUBLIC, "plain"],
    ["a program from outside", { host: "flows.example.com" }, PUBLIC, "secure"],
    ["a local PUBLIC_URL", { host: "localhost:8080" }, "http://localhost:8080", "plain"],
  ])("%s", (_name, headers: Record<string, string>, publicUrl, kind) => {
    expect(cookieKindFor(new Headers(headers), publicUrl)).toBe(kind);
  });

  test.each([
    ["localhost:3000", undefined, ["plain"]],
    ["[::1]:3000", undefined, ["plain"]],
    ["flows.example.com", undefined, []],
    ["flows.example.com", PUBLIC, ["secure"]],
    ["localhost:3000", PUBLIC, ["secure", "plain"]],
    ["localhost.example.com", PUBLIC, ["secure"]],
  ])("accepted under host %s with PUBLIC_URL %s: %s", (host, publicUrl, kinds) => {
    expect(acceptedCookies(new Headers({ host }), publicUrl)).toEqual(kinds);
  });
});
