import { createHash, timingSafeEqual } from "node:crypto";
import { isLoopbackHost } from "../env/variables.ts";

/** What decides who may read metrics. */
export interface MetricsAccess {
  /** METRICS_TOKEN. */
  token: string | undefined;
  /** Address the process listens on. */
  host: string;
  /** PUBLIC_URL. */
  publicUrl: string | undefined;
}

/**
 * Whether a request may read the metrics. With a token only who sends it: `Authorization: Bearer …`. Without one only
 * while nobody but this machine can reach the process: it listens on loopback, no proxy publishes it, and the name it was
 * called by is a loopback one, so that no page in a browser here gets at them through a name of its own (DNS rebinding).
 * The caller's address is not asked: behind a proxy it is always this machine's.
 */
export function mayReadMetrics(headers: Headers, { token, host, publicUrl }: MetricsAccess): boolean {
  if (token !== undefined) {
    const sent = /^Bearer (.+)$/i.exec(headers.get("authorization") ?? "")?.[1];
    return sent !== undefined && timingSafeEqual(hashed(sent), hashed(token));
  }
  const published = publicUrl !== undefined && !isLoopbackHost(new URL(publicUrl).hostname);
  const called = URL.parse(`http://${headers.get("host") ?? ""}`);
  return !published && isLoopbackHost(host) && called !== null && isLoopbackHost(called.hostname);
}

function hashed(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
