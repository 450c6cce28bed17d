/**
 * How long a test waits for what is about to come true, in milliseconds. The libraries give it a second, in which a busy machine
 * does not always write a row or draw a dialog; what has come true is seen at once all the same.
 */
export const PATIENCE_MS = 20_000;
