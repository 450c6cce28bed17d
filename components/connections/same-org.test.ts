import { expect, it } from "vitest";
import { sameOrg } from "./same-org.ts";

const acme = { alias: "acme", name: "Acme", orgUrl: "https://acme.okta.com" };
const local = { alias: "sandbox", name: "Sandbox org", orgUrl: "http://127.0.0.1:4001" };

it.each([
  ["acme.okta.com", [acme]],
  [" https://ACME.okta.com/admin/dashboard ", [acme]],
  ["acme-admin.okta.com", [acme]],
  ["http://127.0.0.1:4001", [local]],
  ["http://127.0.0.1:4002", []],
  ["acme.oktapreview.com", []],
  ["", []],
  ["not an address", []],
])("knows which connections %j is another one to", (typed, expected) => {
  expect(sameOrg(typed, [acme, local])).toEqual(expected);
});
