import type { OktaRequest } from "#lib/connectors/okta/client.ts";

/** The path of a call with its query, as it is sent: empty and undefined values left out, lists repeated. */
export function pathWithQuery({ path, query }: Pick<OktaRequest, "path" | "query">): string {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    for (const one of [value].flat()) {
      if (one !== undefined && one !== "") search.append(key, String(one));
    }
  }
  const text = search.toString();
  return text === "" ? path : `${path}${path.includes("?") ? "&" : "?"}${text}`;
}
