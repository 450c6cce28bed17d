import { expect, it } from "vitest";
import { errorOfAnswer } from "./error-of-answer.ts";

const answer = {
  status: 404,
  headers: {},
  call: "GET /api/v1/users/00u1",
  now: 0,
  auth: "token" as const,
};

it("says once that something is not found", () => {
  const body = { errorCode: "E0000007", errorSummary: "Not found: Resource not found: 00u1 (User)" };
  expect(errorOfAnswer({ ...answer, body }).message).toBe("Resource not found: 00u1 (User)");
});

it("leaves other summaries as Okta writes them", () => {
  const body = { errorCode: "E0000008", errorSummary: "Not found: the requested path" };
  expect(errorOfAnswer({ ...answer, body }).message).toBe("Not found: the requested path");
});
