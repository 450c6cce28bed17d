import { describe, expect, test } from "vitest";
import { SignInLimit } from "./sign-in-limit.ts";

const MINUTE = 60_000;

describe("tries to sign in", () => {
  test("are ten in ten minutes for one address, whatever its case", () => {
    const limit = new SignInLimit();
    const tries = Array.from({ length: 11 }, (_, index) =>
      limit.tryNow(index % 2 ? "Ann@example.com" : "ann@example.com", 0),
    );
    expect(tries).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 600]);
    expect(limit.tryNow("ann@example.com", 9 * MINUTE)).toBe(60);
    expect(limit.tryNow("ann@example.com", 10 * MINUTE)).toBe(0);
  });

  test("are forgotten after the right password", () => {
    const limit = new SignInLimit();
    for (let index = 0; index < 9; index++) limit.tryNow("ann@example.com", 0);
    limit.succeeded("ANN@example.com");
    for (let index = 0; index < 10; index++) expect(limit.tryNow("ann@example.com", 0)).toBe(0);
  });

  test("are sixty a minute for all addresses together", () => {
    const limit = new SignInLimit();
    for (let index = 0; index < 60; index++) expect(limit.tryNow(`${index}@example.com`, 0)).toBe(0);
    expect(limit.tryNow("one-more@example.com", 30_000)).toBe(30);
    expect(limit.tryNow("one-more@example.com", MINUTE)).toBe(0);
  });
});
