import { PATIENCE_MS } from "./patience.ts";

// Only tests of components have a document, and only they pay for loading the library.
if ("document" in globalThis) {
  const { configure } = await import("@testing-library/react");
  configure({ asyncUtilTimeout: PATIENCE_MS });
}
