/** What opens something. Okta sends our secret in the first; a proxy in front may add the others. */
const SECRET = new Set(["authorization", "proxy-authorization", "cookie", "set-cookie"]);

/** Characters of one value, and headers: they are kept with each event of a delivery, up to some hundred. */
const MAX_LENGTH = 500;
const MAX_HEADERS = 50;

/** The headers of a delivery as event cards show them: names in small letters, without what opens something. */
export function keptHeaders(headers: Headers): Record<string, string> {
  const kept = [...headers].filter(([name]) => !SECRET.has(name.toLowerCase())).slice(0, MAX_HEADERS);
  return Object.fromEntries(kept.map(([name, value]) => [name.toLowerCase(), value.slice(0, MAX_LENGTH)]));
}
