// @vitest-environment happy-dom
import { afterEach, expect, test } from "vitest";
import { forgetDraft, keepDraft, keptDraft } from "./kept-draft.ts";
import { EMPTY_LIST, NOTHING_CHOSEN } from "./run-draft.ts";

afterEach(forgetDraft);

/** Whether the browser asks before the page goes. */
function asks(): boolean {
  return !window.dispatchEvent(new Event("beforeunload", { cancelable: true }));
}

test("a draft is there again until its run is started", () => {
  const draft = { ...NOTHING_CHOSEN, card: "okta.users.suspend" };
  expect(keptDraft()).toBeUndefined();
  keepDraft(draft);
  expect(keptDraft()).toBe(draft);
  forgetDraft();
  expect(keptDraft()).toBeUndefined();
});

test("the browser asks before a list or picked people are lost, and only then", () => {
  keepDraft({ ...NOTHING_CHOSEN, card: "okta.users.suspend" });
  expect(asks()).toBe(false);
  keepDraft({ ...NOTHING_CHOSEN, list: { ...EMPTY_LIST, text: "ann@example.com" } });
  expect(asks()).toBe(true);
  keepDraft(NOTHING_CHOSEN);
  expect(asks()).toBe(false);
  const ann = { id: "00u1", name: "Ann", login: "ann@example.com", status: "ACTIVE" };
  keepDraft({ ...NOTHING_CHOSEN, picked: [ann] });
  expect(asks()).toBe(true);
  forgetDraft();
  expect(asks()).toBe(false);
});
