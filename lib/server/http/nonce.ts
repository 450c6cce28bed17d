import { headers } from "next/headers";
import { NONCE_HEADER } from "./page-headers.ts";

/** The nonce of this answer, for server components that render a script or style of their own. */
export async function nonce(): Promise<string | undefined> {
  return (await headers()).get(NONCE_HEADER) ?? undefined;
}
