import type { IncomingMessage } from "node:http";

const LOOPBACK_ADDRESS = /^(127\.|::1$|::ffff:127\.)/;
const LOOPBACK_HOST = /^(localhost|127(\.\d+){3}|\[::1\])(:\d+)?$/i;

/**
 * Why a control request is refused, or null. The control API has no token, so a web page must not reach it:
 * only this machine may call (also by name: a rebound DNS name is no loopback Host), and an Origin must be our own.
 */
export function refusal(request: IncomingMessage): string | null {
  const { host = "", origin } = request.headers;
  if (!LOOPBACK_ADDRESS.test(request.socket.remoteAddress ?? ""))
    return "The control API answers only on the machine the sandbox org runs on.";
  if (!LOOPBACK_HOST.test(host)) return "The control API must be addressed as localhost or 127.0.0.1.";
  if (origin !== undefined && origin !== `http://${host}`)
    return "The control API does not answer web pages of other origins.";
  if (request.headers["sec-fetch-site"] === "cross-site")
    return "The control API does not answer web pages of other origins.";
  return null;
}
