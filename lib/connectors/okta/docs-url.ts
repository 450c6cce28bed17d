/** Address of an operation in Okta's API reference, by the tag and operation id of its OpenAPI document (2026.06.3). */
export function docsUrl(tag: string, operation: string): string {
  return `https://developer.okta.com/docs/api/openapi/okta-management/management/tag/${tag}/#tag/${tag}/operation/${operation}`;
}

/** The page on what event hooks deliver and promise. */
export const EVENT_HOOK_DOCS = "https://developer.okta.com/docs/concepts/event-hooks/";
