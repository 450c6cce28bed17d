import { expect, test } from "vitest";
import { bucketOf, pathTemplate } from "./path-template.ts";

test.each([
  ["/api/v1/users/00u1abc/lifecycle/suspend", "/api/v1/users/{id}/lifecycle/suspend"],
  ["/api/v1/users/ann@acme.example?expand=x", "/api/v1/users/{id}"],
  // A login may look like a word.
  ["/api/v1/users/ann", "/api/v1/users/{id}"],
  ["/api/v1/users?search=profile.lastName+eq+%22Lee%22", "/api/v1/users"],
  ["/api/v1/groups/00g1/users/00u1", "/api/v1/groups/{id}/users/{id}"],
  ["/whatever/ann/lee", "/{id}/{id}/{id}"],
])("%s is counted as %s", (path, template) => {
  expect(pathTemplate(path)).toBe(template);
});

test("calls are counted by the part of the API they go to", () => {
  expect(bucketOf("/api/v1/users/00u1/groups")).toBe("/api/v1/users");
  expect(bucketOf("/api/v1/logs?after=1")).toBe("/api/v1/logs");
  expect(bucketOf("/oauth2/v1/token")).toBe("/oauth2/v1/token");
});
