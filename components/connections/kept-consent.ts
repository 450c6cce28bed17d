/** What was filled in to connect an org by consent, without the secret. */
export interface KeptConsent {
  orgUrl: string;
  name: string;
  clientId: string;
  scopes: string[];
}

const KEY = "flowdeck-consent-form";

/**
 * Keeps a form while its browser is at the org's page: whoever comes back with a refusal (a mistyped secret, a scope the
 * app lacks) should mend that and not type all of it again. For this tab only, and never the secret.
 */
export function keepConsent(form: KeptConsent): void {
  try {
    window.sessionStorage.setItem(KEY, JSON.stringify(form));
  } catch {
    // Storage may be forbidden or full: then the form is typed again.
  }
}

/** What was kept; undefined where there is nothing, or something that is no such form. */
export function keptConsent(): KeptConsent | undefined {
  try {
    const kept: unknown = JSON.parse(window.sessionStorage.getItem(KEY) ?? "null");
    return isKept(kept) ? kept : undefined;
  } catch {
    return undefined;
  }
}

/** Once the org is connected. */
export function forgetConsent(): void {
  try {
    window.sessionStorage.removeItem(KEY);
  } catch {
    // As above.
  }
}

function isKept(kept: unknown): kept is KeptConsent {
  if (typeof kept !== "object" || kept === null) return false;
  const { orgUrl, name, clientId, scopes } = kept as Partial<Record<keyof KeptConsent, unknown>>;
  return (
    [orgUrl, name, clientId].every((each) => typeof each === "string") &&
    Array.isArray(scopes) &&
    scopes.every((scope) => typeof scope === "string")
  );
}
