import type { Card, RunContext } from "../../cards/define.ts";
import { field, type InputValues, type TypedFields } from "../../cards/field.ts";
import type { Json, JsonObject } from "../../flow/json.ts";
import { type OktaClient, okta } from "./client.ts";
import { type ListRequest, PAGE_SIZE } from "./collect.ts";
import { oktaAction } from "./okta-action.ts";
import { type Listed, readList } from "./read-list.ts";
import { readSample } from "./read-outputs.ts";
import { listResultSet, RAW_RECORDS, rawRecords } from "./result-set.ts";

/** The list such a card gives, and its output. */
export interface Many extends Listed {
  key: string;
  label: string;
  group?: string;
}

/** A card that gives what belongs to one thing: the members of a group, the applications of a user. */
export interface List<I extends TypedFields> {
  id: string;
  title: string;
  summary: string;
  help?: string;
  docs: string;
  category: string;
  keywords: string[];
  endpoint: string;
  scope: string;
  /** Its Record Limit among them. */
  inputs: I;
  many: Many;
  sample: { inputs: JsonObject; record: Json };
  /** What is asked of Okta, and the Record Limit as it was filled in. */
  ask: (inputs: InputValues<I>) => ListRequest & { limit: number | undefined };
}

/** Declares a card that lists. */
export function listAction<I extends TypedFields>(list: List<I>): Card {
  const { scope, many, sample, ask, ...card } = list;
  const { key, label, group, fields } = many;
  const outputs: TypedFields = { [key]: field.objectList({ label, group, fields }), ...rawRecords };
  const found = { [key]: [many.source(sample.record)], [RAW_RECORDS]: [sample.record] };
  return oktaAction({
    ...card,
    version: 1,
    connector: okta,
    scopes: [scope],
    effect: "read",
    options: { resultSet: listResultSet(many.firstPage ?? PAGE_SIZE) },
    outputs,
    sample: { inputs: sample.inputs, outputs: readSample(outputs, found) },
    run: async (context: RunContext<InputValues<I>, OktaClient>) => {
      const { limit, ...request } = ask(context.inputs);
      const { records, raw } = await readList(request, many, limit, context);
      return { [key]: records, [RAW_RECORDS]: raw };
    },
  });
}
