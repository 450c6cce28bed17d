import { expect, test } from "vitest";
import { bucketOf, pathTemplate, rateBucketOf } from "./path-template.ts";

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

test.each([
  ["GET", "/api/v1/users?search=x", "GET /api/v1/users"],
  ["DELETE", "/api/v1/users/00u1", "write /api/v1/users/{id}"],
  ["POST", "/api/v1/users/00u1/lifecycle/suspend", "write /api/v1/users/{id}/*"],
  ["GET", "/api/v1/apps/0oa1", "GET /api/v1/apps/{id}"],
  ["GET", "/api/v1/apps/0oa1/users", "GET /api/v1/apps/{id}/*"],
  ["GET", "/api/v1/apps/0oa1/users/00u1", "GET /api/v1/apps/{id}/*"],
  // No group of that name.
  ["GET", "/api/v1/groups/rules", "GET /api/v1/groups/rules/*"],
  ["DELETE", "/api/v1/groups/rules/0pr1", "write /api/v1/groups/rules/*"],
  ["POST", "/oauth2/v1/token", "write /oauth2/v1/token"],
])("the limit of %s %s is that of %s", (method, path, bucket) => {
  expect(rateBucketOf(method, path)).toBe(bucket);
});
