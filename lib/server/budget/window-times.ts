/** Okta's windows are a minute long where its answers do not say otherwise. */
export const WINDOW_MS = 60_000;

/**
 * Answers of one window put its end up to a second apart, because Date has whole seconds, and later by as much as a busy
 * machine reads them late. By time alone one window may be taken for two and lent twice, so windows are told apart by the
 * reset they name; by time only where they name none.
 */
export const SAME_WINDOW_MS = 3_000;
