import { describe, expect, test } from "vitest";
import { pageHeaders } from "./page-headers.ts";

const policyOf = (options: { dev?: boolean; https?: boolean } = {}) => {
  const headers = pageHeaders({ nonce: "abc", dev: false, https: false, ...options });
  const rules = (headers["content-security-policy"] ?? "").split("; ").map((rule) => rule.split(" "));
  return { headers, rules: Object.fromEntries(rules.map(([name, ...values]) => [name, values])) };
};

describe("the content policy of pages", () => {
  test("runs scripts with the nonce only: nothing inline, nothing evaluated", () => {
    const { rules } = policyOf();
    expect(rules["script-src"]).toEqual(["'self'", "'nonce-abc'", "'strict-dynamic'"]);
    expect(rules["style-src"]).toEqual(["'self'", "'nonce-abc'"]);
  });

  test("talks to the console alone and is framed by nobody", () => {
    const { rules } = policyOf();
    expect(rules["connect-src"]).toEqual(["'self'"]);
    expect(rules["default-src"]).toEqual(["'self'"]);
    for (const name of ["object-src", "base-uri", "frame-ancestors"]) expect(rules[name]).toEqual(["'none'"]);
  });

  test("is looser only in development", () => {
    expect(policyOf({ dev: true }).rules["script-src"]).toContain("'unsafe-eval'");
    expect(JSON.stringify(policyOf().rules)).not.toContain("unsafe-eval");
  });
});

test("pages are not kept by caches; https is insisted on only where there is https", () => {
  expect(policyOf().headers["cache-control"]).toBe("private, no-store");
  expect(policyOf().headers["strict-transport-security"]).toBeUndefined();
  expect(policyOf({ https: true }).headers["strict-transport-security"]).toMatch(/max-age=31536000/);
});
