/** Listed without a name, only with what it does. */
export const UNNAMED = "(unnamed)";

/** One event or action a product names, and the id of the card that serves it. */
export type Offer = readonly [kind: "event" | "action", name: string, card: string];
