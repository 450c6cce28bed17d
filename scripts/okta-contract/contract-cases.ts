import type { CardDescription } from "#lib/cards/card.ts";
import { catalogue } from "#lib/registry.ts";
import type { ContractCase } from "./contract-case.ts";
import { DRIVES } from "./drives.ts";
import { CHOICES, SAMPLES } from "./settings.ts";

/** Every action card of Okta that is offered. */
export const oktaActions: readonly CardDescription[] = catalogue.cards.filter(
  ({ connector, kind }) => connector === "okta" && kind === "action",
);

/**
 * Every action card with its own sample, then with each other choice of each of its options, then what else is worth
 * sending.
 */
export function contractCases(): ContractCase[] {
  return oktaActions.flatMap((card) => [
    { ...SAMPLES[card.id], card: card.id, name: "", options: {} },
    ...choiceCases(card),
    ...(DRIVES[card.id] ?? []).map((drive) => ({
      ...SAMPLES[card.id],
      options: {},
      ...drive,
      card: card.id,
    })),
  ]);
}

function choiceCases({ id, options }: CardDescription): ContractCase[] {
  return Object.entries(options).flatMap(([option, { choices, default: standard }]) =>
    (choices ?? [])
      .filter(({ value }) => value !== standard)
      .map(({ value }): ContractCase => {
        const name = `${option}=${value}`;
        return { ...SAMPLES[id], ...CHOICES[`${id} ${name}`], card: id, name, options: { [option]: value } };
      }),
  );
}
