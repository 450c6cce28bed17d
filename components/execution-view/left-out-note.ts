/**
 * What stands in place of values that are not shown.
 * @param bytes how large they are; undefined where they were not left out
 */
export function leftOutNote(bytes: number | undefined): string | undefined {
  if (bytes === undefined) return undefined;
  const size = Math.ceil(bytes / 100_000) / 10;
  return `Recorded, but not shown: ${size} MB. This execution has more than a page can hold, so its largest values are left out.`;
}
