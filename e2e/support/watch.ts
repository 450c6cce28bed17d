import type { BrowserContext } from "@playwright/test";

const LOCAL = new Set(["localhost", "127.0.0.1"]);

/**
 * Notes what must never happen on any page: errors in the console (refusals of the content security policy are among
 * them), exceptions nobody caught, and requests that leave this machine.
 *
 * @param expected errors a test provokes, such as the browser's own line about an answer of 409
 * @returns the notes, filled while the context lives
 */
export function watch(context: BrowserContext, expected: RegExp | undefined): string[] {
  const problems: string[] = [];
  context.on("console", (message) => {
    const text = message.text();
    if (message.type() !== "error" || expected?.test(text)) return;
    problems.push(`console: ${text} (${message.location().url}, on ${message.page()?.url() ?? "no page"})`);
  });
  context.on("weberror", (error) => {
    const { message, stack } = error.error();
    if (!expected?.test(message)) problems.push(`exception: ${stack ?? message}`);
  });
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (/^https?:$/.test(url.protocol) && !LOCAL.has(url.hostname)) problems.push(`request: ${url.href}`);
  });
  return problems;
}
