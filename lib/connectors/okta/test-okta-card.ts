import { clearedInputs, literals, withCleared } from "../../cards/cleared-inputs.ts";
import { convertFields } from "../../cards/convert.ts";
import type { Card } from "../../cards/define.ts";
import { effectiveFields, optionValues } from "../../cards/effective-fields.ts";
import { isJsonObject, type JsonObject } from "../../flow/json.ts";
import { type Answer, fakeOktaClient, type SeenRequest } from "./test-okta-client.ts";

export interface CardCall {
  inputs?: JsonObject;
  options?: Record<string, string>;
  answers?: Answer[];
  now?: Date;
  /** Bytes of outputs there is room for. */
  room?: number;
  /** Outputs the flow reads; all where it is absent. */
  wanted?: string[];
}

/** Runs an Okta card as the executor does (options filled in, inputs checked), against a fake client. For tests. */
export async function runOktaCard(
  card: Card,
  call: CardCall,
  how: "run" | "readBack" = "run",
): Promise<{ outputs: JsonObject | null; requests: SeenRequest[] }> {
  const { description } = card;
  const node = { options: call.options };
  const fields = effectiveFields(description, node).inputs;
  const given = call.inputs ?? {};
  const converted = convertFields(given, fields);
  if (!converted.ok) throw new Error(converted.problems.map(({ message }) => message).join(" "));
  const values = isJsonObject(converted.value) ? converted.value : {};
  const inputs = withCleared(values, clearedInputs(literals(given), fields));
  const { client, requests } = fakeOktaClient(...(call.answers ?? [{}]));
  const options = optionValues(description, node);
  const now = call.now ?? new Date("2026-11-21T09:00:00.000Z");
  const wanted = (output: string) => call.wanted?.includes(output) ?? true;
  const context = { inputs, options, client, now, room: call.room ?? 10_000_000, wanted };
  const act = how === "run" ? card.run : card.readBack;
  if (!act) throw new Error(`${description.id} has no ${how}.`);
  return { outputs: await act(context), requests };
}
