import { describe, expect, it } from "vitest";
import { effectiveFields } from "#lib/cards/effective-fields.ts";
import { contractCases, oktaActions } from "./contract-cases.ts";
import { DRIVES } from "./drives.ts";
import { CHOICES, SAMPLES } from "./settings.ts";

const cases = contractCases();

describe("contractCases", () => {
  it("drives each card with its sample and each choice of its options, under names of their own", () => {
    const names = cases.map(({ card, name }) => `${card} ${name}`);
    expect(new Set(names).size).toBe(names.length);
    const choices = oktaActions.flatMap(({ id, options }) =>
      Object.entries(options).flatMap(([option, { choices = [], default: standard }]) =>
        choices.filter(({ value }) => value !== standard).map(({ value }) => `${id} ${option}=${value}`),
      ),
    );
    expect(names).toEqual(expect.arrayContaining([...oktaActions.map(({ id }) => `${id} `), ...choices]));
  });

  it("has nothing written down for cards and choices there are not", () => {
    const names = new Set(cases.map(({ card, name }) => `${card} ${name}`));
    expect(Object.keys(CHOICES).filter((key) => !names.has(key))).toEqual([]);
    const ids = new Set(oktaActions.map(({ id }) => id));
    expect([...Object.keys(SAMPLES), ...Object.keys(DRIVES)].filter((id) => !ids.has(id))).toEqual([]);
  });

  it("fills in every input of every card at least once; drives.ts takes what is missing", () => {
    const missing = oktaActions.flatMap((card) => {
      const driven = cases.filter((one) => one.card === card.id);
      const filled = new Set(
        driven.flatMap(({ inputs, options, without = [] }) => {
          const shown = effectiveFields(card, { options }).inputs;
          const given = Object.keys({ ...card.sample.inputs, ...inputs });
          return given.filter((key) => key in shown && !without.includes(key));
        }),
      );
      return Object.keys(card.inputs)
        .filter((key) => !filled.has(key))
        .map((key) => `${card.id} ${key}`);
    });
    expect(missing).toEqual([]);
  });
});
