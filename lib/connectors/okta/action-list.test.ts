import { describe, expect, it } from "vitest";
import list from "./action-list.json" with { type: "json" };
import { oktaCards } from "./okta-cards.ts";
import { type Labels, labelsOf } from "./test-labels.ts";

/**
 * The 72 action cards and what an admin reads on each. Where the reference of Okta's own cards lists options, inputs or
 * outputs of a card, these are its words and headings, and what we add to its list begins with "+". What it lists and we do
 * not have: a text field for the application's ID beside the drop-down (one input takes both), the Scope of an assignment
 * (Okta knows only USER), and attributes that belong to one connection (they grow from its own schema).
 */
const expected: Record<string, Labels> = list;
const actions = oktaCards.map(({ description }) => description).filter(({ kind }) => kind === "action");

/** The labels without the mark of our own additions. */
function unmarked({ options, inputs, outputs }: Labels): Labels {
  const plain = (text: string) => text.replace(/^\+ /, "");
  const named = Object.entries(options).map(([label, choices]) => [plain(label), choices]);
  return { options: Object.fromEntries(named), inputs: inputs.map(plain), outputs: outputs.map(plain) };
}

describe("the Okta action cards", () => {
  it("are those of the list, all 72", () => {
    expect(actions.map(({ title }) => title).toSorted()).toEqual(Object.keys(expected).toSorted());
    expect(actions).toHaveLength(72);
  });

  it.each(actions.map((card) => [card.title, card] as const))("%s reads as listed", (title, card) => {
    const { options, ...fields } = labelsOf(card);
    const listed = expected[title];
    expect(listed).toBeDefined();
    const { options: listedOptions, ...listedFields } = unmarked(listed ?? labelsOf(card));
    expect(fields).toEqual(listedFields);
    // In order: the first option is the first an admin is asked.
    expect(Object.entries(options)).toEqual(Object.entries(listedOptions));
  });
});

describe("Send Email", () => {
  /** Okta's own default of each call; Reset Password has none, and ours is the one that helps without a second step. */
  const DEFAULTS: Record<string, string> = {
    "Activate User": "yes",
    "Reactivate User": "no",
    "Deactivate User": "no",
    "Delete User": "No",
    "Reset Password": "yes",
    "Forgot Password": "yes",
    "Remove User from Application": "No",
  };

  it("is what Okta does by itself, on every card that has it", () => {
    const given = actions.flatMap(({ title, options, inputs }) => {
      const standard = options.sendEmail?.default ?? inputs.sendEmail?.emptyMeans;
      return standard === undefined ? [] : [[title, standard]];
    });
    expect(Object.fromEntries(given)).toEqual(DEFAULTS);
  });
});
