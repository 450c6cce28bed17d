import type { Pool } from "pg";

/** Something that is made once for each pool and ends with it: tests open several databases in one process. */
export function perPool<Made>(make: (pool: Pool) => Made): (pool: Pool) => Made {
  const made = new WeakMap<Pool, { it: Made }>();
  return (pool) => {
    const known = made.get(pool) ?? { it: make(pool) };
    made.set(pool, known);
    return known.it;
  };
}
