/** Stands in the address where a step path would: the result of the whole flow. No card id may begin with "~". */
export const RESULT = "~result";
/** In the same place: what a plan would change. */
export const PLANNED = "~planned";
