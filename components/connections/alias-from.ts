/**
 * A free alias made of an org's address: `acme` for acme.okta.com, `acme-2` when that is taken. Flow documents carry
 * it, so it is short and plain.
 */
export function aliasFrom(orgUrl: string, taken: readonly string[]): string {
  const host = orgUrl
    .trim()
    .toLowerCase()
    .replace(/^[a-z]+:\/\//, "")
    .split(/[/:]/)[0];
  const first = (host ?? "").split(".")[0]?.replace(/-admin$/, "") ?? "";
  const base =
    first
      .replace(/[^a-z0-9-]/g, "")
      .replace(/^[^a-z]+/, "")
      .slice(0, 28) || "okta";
  if (!taken.includes(base)) return base;
  for (let number = 2; ; number++) {
    const candidate = `${base}-${number}`;
    if (!taken.includes(candidate)) return candidate;
  }
}
