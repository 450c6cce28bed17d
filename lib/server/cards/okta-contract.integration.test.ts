import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contractCases, oktaActions } from "../../../scripts/okta-contract/contract-cases.ts";
import { openContract } from "../../../scripts/okta-contract/open-contract.ts";

// The same drives as `npm run check:okta`, which also holds each exchange against Okta's own document where it is at hand.
let contract: Awaited<ReturnType<typeof openContract>>;

beforeAll(async () => {
  contract = await openContract();
});
afterAll(() => contract.close());

describe("every action card against the sandbox org", () => {
  it("is one of 72", () => {
    expect(oktaActions).toHaveLength(72);
  });

  it.each(contractCases().map((one) => [[one.card, one.name].filter(Boolean).join(", "), one] as const))(
    "%s: works, gives what it declares, and is found when it is read back",
    async (_, one) => {
      expect((await contract.run(one)).problems).toEqual([]);
    },
  );
});
