import type { OktaMethod } from "../../connectors/okta/client.ts";

/** A call that was let through. */
export interface Passage {
  /**
   * To be called once when the exchange is over.
   * @param outcome the status; "no-answer" where none came, "not-sent" where it never left after all
   * @param headers of the answer, lower-case names
   */
  leave: (outcome: number | "no-answer" | "not-sent", headers: Record<string, string>) => void;
}

/** Lets calls to an org through, one by one. */
export interface CallGate {
  /**
   * Asked before every exchange.
   * @throws CardError rateLimited when the call has to wait; nothing was sent then
   */
  enter: (call: { method: OktaMethod; path: string }) => Promise<Passage>;
}
