import { useEffect } from "react";
import type { Editor } from "#lib/editor/editor-store.ts";

const UNSAVED = "The last changes could not be saved yet. Leave all the same, and lose them?";

/** What is only on its way saves itself when the builder goes; this is what did not get through. */
function isInTrouble(status: string): boolean {
  return status === "retrying" || status === "refused" || status === "conflict";
}

/** Saves when the page is hidden or left, tries again when the network is back, and asks before edits would be lost. */
export function useSafeLeaving(editor: Editor): void {
  useEffect(() => {
    const { autosave } = editor;
    const onHide = () => {
      if (globalThis.document.visibilityState === "hidden") autosave.flush({ keepalive: true });
    };
    const onOnline = () => {
      autosave.flush();
    };
    const onLeave = (event: BeforeUnloadEvent) => {
      if (autosave.state().status === "saved") return;
      autosave.flush({ keepalive: true });
      event.preventDefault();
    };
    // A link inside the console unloads nothing, so the browser does not ask.
    const onLink = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
      if (!link || link.getAttribute("target") === "_blank" || autosave.state().status === "saved") return;
      if (isInTrouble(autosave.state().status) && !window.confirm(UNSAVED)) {
        event.preventDefault();
        event.stopPropagation();
      }
    };
    globalThis.document.addEventListener("click", onLink, true);
    globalThis.document.addEventListener("visibilitychange", onHide);
    window.addEventListener("online", onOnline);
    window.addEventListener("beforeunload", onLeave);
    return () => {
      globalThis.document.removeEventListener("click", onLink, true);
      globalThis.document.removeEventListener("visibilitychange", onHide);
      window.removeEventListener("online", onOnline);
      window.removeEventListener("beforeunload", onLeave);
      // Left by a link inside the console: no page is unloaded, so the request may take its time.
      autosave.flush();
    };
  }, [editor]);
}
