import { afterAll, beforeAll, expect, it } from "vitest";
import type { CardDescription } from "#lib/cards/card.ts";
import { literals } from "#lib/cards/cleared-inputs.ts";
import { effectOf } from "#lib/cards/effect.ts";
import { effectiveFields, optionValues } from "#lib/cards/effective-fields.ts";
import type { Exchange } from "#lib/engine/execution.ts";
import { planCard } from "#lib/engine/plan.ts";
import { runCard } from "#lib/engine/run-card.ts";
import type { Json, JsonObject } from "#lib/flow/json.ts";
import { catalogue, registry } from "#lib/registry.ts";
import { type Sandbox, startSandbox } from "../../../sandbox/server.ts";
import { tokenAuthorizer } from "../okta/authorizer.ts";
import { createOktaClient } from "../okta/okta-http-client.ts";
import { holdingConnections } from "./holding-connections.ts";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.close());

const actions = catalogue.cards.filter(({ kind, connector }) => kind === "action" && connector === "okta");

/** Every choice of every option, one option at a time. */
function variants({ options }: CardDescription): Record<string, string>[] {
  const each = Object.entries(options).flatMap(([key, option]) =>
    (option.choices ?? []).map(({ value }) => ({ [key]: value })),
  );
  return [{}, ...each];
}

/** The sample's values for the fields these options show, and something for those it does not have but must. */
function filled(description: CardDescription, options: Record<string, string>): JsonObject {
  const { inputs } = effectiveFields(description, { options });
  const { sample } = description;
  return Object.fromEntries(
    Object.entries(inputs).flatMap(([key, { required, list, type, choices }]): [string, Json][] => {
      const given = sample.inputs[key];
      if (given !== undefined) return [[key, given]];
      const value = choices?.[0]?.value ?? (type === "number" ? 1 : "something");
      return required ? [[key, list ? [value] : value]] : [];
    }),
  );
}

async function plan(description: CardDescription, options: Record<string, string>, inputs: JsonObject) {
  const connections = holdingConnections({
    client: async (_connector, _alias, observe) =>
      createOktaClient({ orgUrl: sandbox.url, authorizer: tokenAuthorizer(sandbox.token), observe }),
  });
  const node = { card: description.id, v: description.version, connection: "okta", options };
  const planned = planCard("c", { ...node, inputs: literals(inputs) }, registry);
  const run = await runCard({ planned, inputs, ports: { connections, clock: { now: () => new Date() } } });
  return { run, effect: effectOf(description, optionValues(description, node)).effect };
}

it("none of the action cards writes in a plan, and each that would says what it would send", async () => {
  expect(actions.length).toBeGreaterThanOrEqual(72);
  const silent: string[] = [];
  for (const description of actions) {
    for (const options of variants(description)) {
      const { run, effect } = await plan(description, options, filled(description, options));
      const held = run.exchanges.filter((exchange: Exchange) => exchange.held);
      for (const { method, status } of held) {
        expect(method).not.toBe("GET");
        expect(status).toBeUndefined();
      }
      for (const { method, held: kept } of run.exchanges) if (!kept) expect(method).toBe("GET");
      if (effect !== "write") expect(held, description.id).toEqual([]);
      else if (held.length === 0)
        silent.push(`${description.id} ${JSON.stringify(options)}: ${JSON.stringify(run.result)}`);
    }
  }
  expect(sandbox.counters.json().writes.total).toBe(0);
  expect(sandbox.counters.json().reads).toBeGreaterThan(0);
  expect(silent).toEqual([]);
});
