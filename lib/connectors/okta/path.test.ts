import { describe, expect, it } from "vitest";
import { CardError } from "../../cards/errors.ts";
import { path } from "./path.ts";

const user = (value: string) => path`/api/v1/users/${{ user: value }}/groups`;

function refusal(make: () => string): CardError {
  try {
    make();
  } catch (error) {
    if (error instanceof CardError) return error;
  }
  throw new Error("It was not refused.");
}

describe("path", () => {
  it("encodes what it is given, so that a value stays one segment", () => {
    expect(user("00u1")).toBe("/api/v1/users/00u1/groups");
    expect(user("ann.lee@example.com")).toBe("/api/v1/users/ann.lee%40example.com/groups");
    expect(user("a/b?c#d%2e")).toBe("/api/v1/users/a%2Fb%3Fc%23d%252e/groups");
    expect(user("line\r\nbreak")).toBe("/api/v1/users/line%0D%0Abreak/groups");
    expect(path`/api/v1/groups/${{ group: "g" }}/users/${{ user: "u" }}`).toBe("/api/v1/groups/g/users/u");
  });

  it.each([".", "..", "", "   ", "me", "\ud800"])("refuses %j, naming the input", (value) => {
    const { details, message } = refusal(() => user(value));
    expect(details.kind).toBe("input");
    expect(details.field).toEqual(["user"]);
    expect(message).toContain('"user"');
  });

  it.each(["%2e%2e", "%2e.", "../../..", "..\\..", "..;/"])("keeps %j inside its segment", (value) => {
    expect(new URL(user(value), "https://org.test").pathname).toMatch(/^\/api\/v1\/users\/[^/]+\/groups$/);
  });
});
