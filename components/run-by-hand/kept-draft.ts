import type { RunDraft } from "./run-draft.ts";

/**
 * What is being put together, while its page is left for another one of the console. In memory: a list may hold a new
 * password for each of a thousand people, which no storage of the browser should, and may be larger than those take. So
 * it is this tab's alone, and before the page itself goes (a reload, a closed tab) the browser asks.
 */
let kept: RunDraft | undefined;

/** The draft of this tab, if there is one. */
export function keptDraft(): RunDraft | undefined {
  return kept;
}

export function keepDraft(draft: RunDraft): void {
  kept = draft;
  if (draft.list.text !== "" || draft.picked.length > 0) window.addEventListener("beforeunload", ask);
  else window.removeEventListener("beforeunload", ask);
}

/** Once the run is started, or its account signed out. */
export function forgetDraft(): void {
  kept = undefined;
  window.removeEventListener("beforeunload", ask);
}

/** The words are the browser's own. */
function ask(event: BeforeUnloadEvent): void {
  event.preventDefault();
}
