import { type BulkResult, type BulkRun, listBulkRows } from "#lib/api/bulk.ts";
import { call } from "#lib/api/client.ts";
import { resultCsv } from "./result-csv.ts";

const PER_PAGE = 500;

/**
 * Saves the results of all rows as a CSV file.
 *
 * @throws ApiError when a page of them can't be had; nothing is saved then
 */
export async function downloadResults({ id, title }: BulkRun): Promise<void> {
  const results: BulkResult[] = [];
  for (let offset: number | undefined = 0; offset !== undefined; ) {
    const page: { items: BulkResult[]; next?: number } = await call(listBulkRows, {
      params: { id },
      query: { offset, limit: PER_PAGE },
    });
    results.push(...page.items);
    offset = page.next;
  }
  const url = URL.createObjectURL(new Blob([resultCsv(results)], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${title.toLowerCase().replace(/[^a-z0-9]+/g, "-")}-${id.slice(0, 8)}.csv`;
  link.click();
  // Taken away at once, some browsers save nothing.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
