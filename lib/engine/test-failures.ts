import { CardError, type CardErrorDetails, type CardErrorKind } from "../cards/errors.ts";
import { card, flow, literal, type World } from "./test-support.ts";

/** For tests: an error of this kind, with a code and a message that name it. */
export const error = (kind: CardErrorKind, more: Partial<CardErrorDetails> = {}) =>
  new CardError(`It was ${kind}.`, { kind, code: `c-${kind}`, ...more });

/** For tests: an event, a card "w" of this id that does something to "w", and one behind it. */
export const one = (id: string, onError?: { retry: number }) =>
  flow(
    { e: card("event"), w: card(id, { key: literal("w") }, { onError }), after: card("join") },
    "e > w > after",
  );

/** For tests: how each attempt of a card ended. */
export const statuses = async (world: World, path = "w") =>
  (await world.steps()).filter((step) => step.path === path).map(({ status }) => status);
