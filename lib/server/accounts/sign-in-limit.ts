/** Tries per email address within the window before it has to wait. */
const TRIES = 10;
const WINDOW_MS = 10 * 60 * 1000;
/** All addresses together: one check of a password costs some 60 ms of one core. */
const ALL_TRIES = 60;
const ALL_WINDOW_MS = 60 * 1000;
/** Addresses remembered at most; beyond it the oldest is forgotten. ALL_TRIES keeps it from filling up quickly. */
const MAX_REMEMBERED = 10_000;

interface Count {
  tries: number;
  endsAt: number;
}

/**
 * Counts tries to sign in, in the memory of this process. By email address and not by network address, because that
 * one is a header anybody can write unless a proxy is known to overwrite it.
 */
export class SignInLimit {
  readonly #byEmail = new Map<string, Count>();
  #all: Count = { tries: 0, endsAt: 0 };

  /**
   * Counts a try before the password is looked at, so that many at once can't slip through.
   *
   * @param now milliseconds
   * @returns 0 when it may go on, else the seconds to wait
   */
  tryNow(email: string, now: number): number {
    const key = email.toLowerCase();
    const own = current(this.#byEmail.get(key), WINDOW_MS, now);
    this.#all = current(this.#all, ALL_WINDOW_MS, now);
    if (own.tries >= TRIES) return secondsUntil(own.endsAt, now);
    if (this.#all.tries >= ALL_TRIES) return secondsUntil(this.#all.endsAt, now);
    own.tries++;
    this.#all.tries++;
    this.#byEmail.delete(key);
    this.#byEmail.set(key, own);
    const oldest = this.#byEmail.keys().next().value;
    if (this.#byEmail.size > MAX_REMEMBERED && oldest !== undefined) this.#byEmail.delete(oldest);
    return 0;
  }

  /** The password was right: earlier slips are forgotten. */
  succeeded(email: string): void {
    this.#byEmail.delete(email.toLowerCase());
  }
}

function current(count: Count | undefined, windowMs: number, now: number): Count {
  return count !== undefined && now < count.endsAt ? count : { tries: 0, endsAt: now + windowMs };
}

function secondsUntil(time: number, now: number): number {
  return Math.max(1, Math.ceil((time - now) / 1000));
}
