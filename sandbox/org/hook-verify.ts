import { randomUUID } from "node:crypto";
import type { HookRecord } from "./hooks.ts";
import { type Reply, send } from "./outbound.ts";

/** How long Okta waits for a hook endpoint. */
export const HOOK_TIMEOUT_MS = 3000;

/** The result of a challenge: null when the endpoint proved itself, else what was wrong. */
export async function challenge(hook: HookRecord, timeoutMs = HOOK_TIMEOUT_MS): Promise<string | null> {
  const value = randomUUID();
  const attempt = (): Promise<Reply> =>
    send({
      method: "GET",
      uri: hook.channel.uri,
      headers: { accept: "application/json", ...hookHeaders(hook), "x-okta-verification-challenge": value },
      timeoutMs,
    });
  let reply = await attempt();
  if (shouldRetry(reply)) reply = await attempt();
  return wrong(reply, value);
}

/** The secret and the custom headers of a hook, as sent with every call to it. */
export function hookHeaders(hook: HookRecord): Record<string, string> {
  const headers: Record<string, string> = {};
  for (const { key, value } of hook.channel.headers) headers[key] = value;
  const { authScheme } = hook.channel;
  if (authScheme) headers[authScheme.key] = authScheme.value;
  return headers;
}

/** A server error or silence is tried once more; a 4xx is an answer. */
export function shouldRetry(reply: Reply): boolean {
  return reply.kind !== "answer" || reply.status >= 500;
}

function wrong(reply: Reply, value: string): string | null {
  if (reply.kind === "timeout") return "The endpoint did not answer in time";
  if (reply.kind === "error") return `The endpoint could not be reached: ${reply.reason}`;
  if (reply.status !== 200) return `The endpoint answered ${reply.status} instead of 200`;
  try {
    const parsed: unknown = JSON.parse(reply.body);
    const echoed =
      parsed && typeof parsed === "object" && "verification" in parsed ? parsed.verification : null;
    return echoed === value ? null : "The endpoint did not echo the challenge in 'verification'";
  } catch {
    return "The endpoint did not answer JSON";
  }
}
