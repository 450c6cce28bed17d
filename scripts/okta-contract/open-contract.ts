import { setTimeout as wait } from "node:timers/promises";
import type { CardDescription } from "#lib/cards/card.ts";
import { effectiveFields } from "#lib/cards/effective-fields.ts";
import { planCard } from "#lib/engine/plan.ts";
import type { Connections } from "#lib/engine/ports.ts";
import { readBackCard, runCard } from "#lib/engine/run-card.ts";
import type { CardNode } from "#lib/flow/document.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { registry } from "#lib/registry.ts";
import { tokenAuthorizer } from "#lib/server/okta/authorizer.ts";
import { createOktaClient } from "#lib/server/okta/okta-http-client.ts";
import type { Exchange } from "../../sandbox/http/pipeline.ts";
import { type Sandbox, startSandbox } from "../../sandbox/server.ts";
import { clientOf, type Send } from "../../sandbox/test-client.ts";
import type { ContractCase } from "./contract-case.ts";
import { outputProblems } from "./output-problems.ts";

/** What came of driving a card once. */
export interface CaseRun {
  /** What went over the wire for the card and for its look back, in order. */
  exchanges: Exchange[];
  /** What is wrong with the card's answer, in words; nothing where all is well. */
  problems: string[];
}

/**
 * A sandbox org for driving cards: each with the executor's own code and the product's own HTTP client, in an org that is
 * as new.
 */
export async function openContract() {
  const recorded: Exchange[] = [];
  const sandbox = await startSandbox({ record: (exchange) => recorded.push(exchange) });
  const send = clientOf(sandbox);
  const ports = { connections: connectionsTo(sandbox), clock: { now: () => new Date() } };

  async function run(one: ContractCase): Promise<CaseRun> {
    sandbox.reset();
    const inputs = await inputsOf(one, send);
    const planned = planCard("contract", nodeOf(one, inputs), registry);
    recorded.length = 0;
    const request = { planned, inputs, ports };
    const { result, startedAt } = await runCard(request);
    const problems = result.ok
      ? outputProblems(result.outputs, planned.outputs)
      : [`failed: ${result.failure.error.message}`];
    if (result.ok && planned.repeat === "check") problems.push(...(await lookBack(request, startedAt, one)));
    return { exchanges: [...recorded], problems };
  }

  return { run, close: () => sandbox.close() };
}

/** Okta does some things a moment after it has answered. */
const PATIENCE = { tries: 40, ms: 25 };

/** @throws Error when there is no such card */
function descriptionOf({ card }: ContractCase): CardDescription {
  const found = registry.card(card);
  if (!found) throw new Error(`There is no card "${card}".`);
  return found.description;
}

/** The card as it stands in a flow whose admin typed these values in. */
function nodeOf(one: ContractCase, inputs: JsonObject): CardNode {
  const values = Object.entries(inputs).map(([key, value]) => [key, { value }]);
  return {
    card: one.card,
    v: descriptionOf(one).version,
    connection: "okta",
    options: one.options,
    inputs: Object.fromEntries(values),
  };
}

async function inputsOf(one: ContractCase, send: Send): Promise<JsonObject> {
  const description = descriptionOf(one);
  const given = { ...description.sample.inputs, ...one.inputs };
  const prepared = { ...given, ...(await one.before?.(send, given)) };
  // The sample fills in what the standard choices show; another choice may hide some of it.
  const shown = effectiveFields(description, one).inputs;
  const wanted = Object.entries(prepared).filter(([key]) => key in shown && !one.without?.includes(key));
  return Object.fromEntries(wanted);
}

/** A lost answer is the same change without its answer: the look back must find it. */
async function lookBack(
  request: Parameters<typeof readBackCard>[0],
  startedAt: Date,
  { leavesOpen = false }: ContractCase,
): Promise<string[]> {
  for (let tries = 1; ; tries += 1) {
    const { result } = await readBackCard(request, startedAt);
    if (!result.ok)
      return leavesOpen ? [] : [`failed when it was read back: ${result.failure.error.message}`];
    if (leavesOpen) return ["was read back, though its outcome should stay open"];
    if (result.outputs !== null) {
      return outputProblems(result.outputs, request.planned.outputs).map((text) => `read back, it ${text}`);
    }
    if (tries === PATIENCE.tries) return ["does not find its own change when it is read back"];
    await wait(PATIENCE.ms);
  }
}

function connectionsTo({ url, token }: Sandbox): Connections {
  const client = (observe?: Parameters<Connections["client"]>[2]) =>
    createOktaClient({ orgUrl: url, authorizer: tokenAuthorizer(token), observe });
  return {
    client: async (_connector, _alias, observe) => client(observe),
    fields: async (_alias, { loaderId, options }) => {
      const loader = registry.loader(loaderId);
      return loader?.kind === "fields" ? loader.load({ client: client(), options }) : {};
    },
  };
}
