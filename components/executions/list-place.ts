/** Where the list of executions was left, for as long as the console stays open in this tab. */
const place = { query: "", top: 0 };

/** Notes where the list stands: its filters as they are in the address, and how far down it is, in pixels. */
export function notePlace(query: string, top: number): void {
  place.query = query;
  place.top = top;
}

/** How far down the list with these filters was left, in pixels; 0 when another list was looked at since. */
export function placeIn(query: string): number {
  return place.query === query ? place.top : 0;
}

/** The way back to the list as it was left. */
export function listHref(): string {
  return place.query ? `/executions?${place.query}` : "/executions";
}
