import { contractCases } from "./contract-cases.ts";
import { type CaseRun, openContract } from "./open-contract.ts";

/** One drive and what came of it. */
export interface Drive extends CaseRun {
  /** `okta.users.create, option=password` */
  name: string;
}

/** Drives every action card in every way there is, one after the other. @returns how many cards, and each drive */
export async function driveCards(): Promise<{ cards: number; drives: Drive[] }> {
  const cases = contractCases();
  const contract = await openContract();
  try {
    const drives: Drive[] = [];
    for (const one of cases) {
      const name = [one.card, one.name].filter(Boolean).join(", ");
      const failed = (error: unknown): CaseRun => ({ exchanges: [], problems: [String(error)] });
      drives.push({ name, ...(await contract.run(one).catch(failed)) });
    }
    return { cards: new Set(cases.map(({ card }) => card)).size, drives };
  } finally {
    await contract.close();
  }
}
