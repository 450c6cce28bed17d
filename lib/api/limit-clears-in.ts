/** A rate limit of an org as those that wait for it see it. */
export interface WaitedLimit {
  waiting: number;
  /** Calls flows may make per window. */
  share: number;
  /** Seconds until the window under way is over; 0 where none is. */
  endsIn: number;
}

/** Okta's windows. */
const WINDOW_SECONDS = 60;

/** When a rate limit lets the last of its waiters through, if each makes one call: in so many seconds at the earliest. */
export function limitClearsIn({ waiting, share, endsIn }: WaitedLimit): number {
  if (waiting <= 0) return 0;
  return endsIn + (Math.ceil(waiting / Math.max(1, share)) - 1) * WINDOW_SECONDS;
}
