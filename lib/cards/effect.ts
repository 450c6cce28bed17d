import type { CardDescription, Effect, OptionValues, Repeat } from "./card.ts";

/** What a card does to the outside world, and what a lost attempt of it may do. */
export interface CardEffect {
  effect: Effect;
  /** Absent for everything but writes. */
  repeat?: Repeat;
}

/**
 * The effect a card has with these options: its own, or the one its `effectByOption` names for the chosen value. Ask
 * here and not at `description.effect` wherever a write is treated differently from a read.
 */
export function effectOf(description: CardDescription, options: OptionValues): CardEffect {
  const rule = description.effectByOption;
  const chosen = rule ? rule.is[options[rule.option] ?? ""] : undefined;
  return chosen ?? { effect: description.effect, repeat: description.repeat };
}
