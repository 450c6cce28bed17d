// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { forgetConsent, keepConsent, keptConsent } from "./kept-consent.ts";

afterEach(() => window.sessionStorage.clear());

const form = { orgUrl: "acme.okta.com", name: "Acme", clientId: "0oa1", scopes: ["okta.users.read"] };

test("a form comes back as it was, until it is forgotten", () => {
  expect(keptConsent()).toBeUndefined();
  keepConsent(form);
  expect(keptConsent()).toEqual(form);
  forgetConsent();
  expect(keptConsent()).toBeUndefined();
});

test("what is no form is none", () => {
  for (const text of ["{", "7", '{"orgUrl":1}', '{"orgUrl":"a","name":"b","clientId":"c","scopes":[1]}']) {
    window.sessionStorage.setItem("flowdeck-consent-form", text);
    expect(keptConsent()).toBeUndefined();
  }
});
