import { expect, it } from "vitest";
import { aliasFrom } from "./alias-from.ts";

it.each([
  ["acme.okta.com", [], "acme"],
  ["https://Acme-Admin.okta.com/admin", [], "acme"],
  ["acme.okta.com", ["acme"], "acme-2"],
  ["acme.okta.com", ["acme", "acme-2"], "acme-3"],
  ["127.0.0.1:3001", [], "okta"],
  ["", ["okta"], "okta-2"],
  ["ünïcode.okta.com", [], "ncode"],
])("makes an alias of %s beside %j", (orgUrl, taken, alias) => {
  expect(aliasFrom(orgUrl, taken)).toBe(alias);
  expect(alias).toMatch(/^[a-z][a-z0-9-]{0,31}$/);
});
