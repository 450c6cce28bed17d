import { useEffect } from "react";
import type { Editor } from "#lib/editor/editor-store.ts";

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
    globalThis.document.addEventListener("visibilitychange", onHide);
    window.addEventListener("online", onOnline);
    window.addEventListener("beforeunload", onLeave);
    return () => {
      globalThis.document.removeEventListener("visibilitychange", onHide);
      window.removeEventListener("online", onOnline);
      window.removeEventListener("beforeunload", onLeave);
      // Left by a link inside the console: no page is unloaded, so the request may take its time.
      autosave.flush();
    };
  }, [editor]);
}
