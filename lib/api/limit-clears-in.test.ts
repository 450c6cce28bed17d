import { describe, expect, test } from "vitest";
import { limitClearsIn } from "./limit-clears-in.ts";

describe("a rate limit clears", () => {
  test("at once where nobody waits", () => {
    expect(limitClearsIn({ waiting: 0, share: 300, endsIn: 20 })).toBe(0);
  });

  test("with the end of the window where all fit into the next one", () => {
    expect(limitClearsIn({ waiting: 300, share: 300, endsIn: 20 })).toBe(20);
  });

  test("a minute later for every further window", () => {
    expect(limitClearsIn({ waiting: 301, share: 300, endsIn: 20 })).toBe(80);
    expect(limitClearsIn({ waiting: 3000, share: 300, endsIn: 0 })).toBe(540);
  });
});
