import { afterAll, vi } from "vitest";

// Files that share a process share its timers too: a server of the next file waited 30 s for a clock nobody moved.
afterAll(() => {
  vi.useRealTimers();
});
