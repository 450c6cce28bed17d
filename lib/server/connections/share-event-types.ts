/** Okta's limit of event types per hook. Source: Okta's event hook documentation, "Event hook limits". */
export const TYPES_PER_HOOK = 300;

/**
 * Which hook receives which event types. A type stays with the hook that has it: moved to another it would for a moment
 * be with neither, or with both. New ones go where there is room first. The first hook stays when nothing is wanted any
 * more; others without a type are given up.
 *
 * @param current event types of the hooks there are, in their order
 * @param wanted without duplicates
 * @returns event types of each hook, sorted; an empty list for one that has nothing to do
 */
export function shareEventTypes(
  current: readonly (readonly string[])[],
  wanted: readonly string[],
  perHook = TYPES_PER_HOOK,
): string[][] {
  const open = new Set(wanted);
  const shares = current.map((types) =>
    types.filter((type) => open.has(type) && open.delete(type)).slice(0, perHook),
  );
  // What did not fit, where a hook had more than it may have now.
  const placed = new Set(shares.flat());
  for (const type of wanted) {
    if (placed.has(type)) continue;
    const roomy = shares.find((share) => share.length < perHook);
    if (roomy) roomy.push(type);
    else shares.push([type]);
  }
  if (shares.length === 0) shares.push([]);
  return shares.map((share) => share.sort());
}
