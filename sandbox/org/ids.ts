const ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/**
 * Makes 20-character ids that look like Okta's ("00u…", "00g…") and are the same on every start:
 * the counter is scrambled by an odd multiplier, which maps 32-bit numbers one to one, so ids never collide.
 */
export class IdMint {
  #count: number;

  constructor(count = 0) {
    this.#count = count;
  }

  /** How many ids were made; a restored org continues from here. */
  get count(): number {
    return this.#count;
  }

  /** The next id with the given three-character prefix. */
  next(prefix: string): string {
    this.#count += 1;
    const near = base62(Math.imul(this.#count, 0x9e3779b1) >>> 0, 6);
    const far = base62(Math.imul(this.#count, 0x85ebca6b) >>> 0, 6);
    return `${prefix}${near}${far}SBX5d`;
  }
}

function base62(value: number, width: number): string {
  let rest = value;
  let text = "";
  for (let at = 0; at < width; at += 1) {
    text = (ALPHABET[rest % 62] ?? "0") + text;
    rest = Math.floor(rest / 62);
  }
  return text;
}
