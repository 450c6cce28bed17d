import { describe, expect, test } from "vitest";
import { mayReadMetrics } from "./may-read-metrics.ts";

const token = "a token of some length";
const may = (headers: Record<string, string>, access: Partial<Parameters<typeof mayReadMetrics>[1]> = {}) =>
  mayReadMetrics(new Headers(headers), {
    token: undefined,
    host: "127.0.0.1",
    publicUrl: undefined,
    ...access,
  });

describe("without a token", () => {
  test.each([
    [{ host: "localhost:3000" }, {}, true],
    [{ host: "127.0.0.1:3000" }, {}, true],
    [{ host: "[::1]:3000" }, {}, true],
    [{ host: "localhost:3000" }, { publicUrl: "http://localhost:3000" }, true],
    // A page of evil.example whose name points to 127.0.0.1.
    [{ host: "evil.example:3000" }, {}, false],
    [{}, {}, false],
    // Behind a proxy every caller is this machine, and the proxy may call us localhost.
    [{ host: "localhost:3000" }, { publicUrl: "https://flows.example.com" }, false],
    [{ host: "localhost:3000" }, { host: "0.0.0.0" }, false],
  ])("%o, reached as %o: %s", (headers, access, expected) => {
    expect(may(headers as Record<string, string>, access)).toBe(expected);
  });
});

describe("with a token", () => {
  test.each([
    [{ authorization: `Bearer ${token}`, host: "flows.example.com" }, true],
    [{ authorization: `bearer ${token}`, host: "flows.example.com" }, true],
    [{ authorization: `Bearer ${token}x`, host: "localhost" }, false],
    [{ authorization: token, host: "localhost" }, false],
    [{ host: "localhost:3000" }, false],
  ])("%o: %s", (headers, expected) => {
    expect(may(headers as Record<string, string>, { token })).toBe(expected);
  });
});
