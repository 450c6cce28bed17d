/** "1 event", "1,204 events". */
export function eventCount(count: number): string {
  return `${count.toLocaleString("en")} ${count === 1 ? "event" : "events"}`;
}
