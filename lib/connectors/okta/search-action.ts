import type { CardOption } from "../../cards/card.ts";
import type { Card, RunContext } from "../../cards/define.ts";
import { field, type InputValues, type TypedFields } from "../../cards/field.ts";
import type { Json, JsonObject } from "../../flow/json.ts";
import { type OktaClient, type OktaRequest, okta } from "./client.ts";
import { collect } from "./collect.ts";
import { oktaAction } from "./okta-action.ts";
import { readList } from "./read-list.ts";
import { readSample } from "./read-outputs.ts";
import { FIRST, RAW_RECORDS, resultOutputs, resultSet } from "./result-set.ts";

/** What is asked of Okta for the inputs of a search. */
interface Asked {
  query: OktaRequest["query"];
  /** What the admin filled in as Record Limit. */
  limit: number | undefined;
  /** The most records Okta gives per page, where it is not the usual 200. */
  pageSize?: number;
  /** Where Okta gives it no next page: how many records it gives at most. */
  most?: number;
}

/** A card that finds records of one kind, and gives the first or all of them. */
export interface Search<I extends TypedFields> {
  id: string;
  title: string;
  summary: string;
  help: string;
  docs: string;
  category: string;
  keywords: string[];
  scope: string;
  path: string;
  /** In their order, Result Set among them; that alone where it is left out. */
  options?: Record<string, CardOption>;
  inputs: I;
  /** What there is of one record, and of each record of the list under its key. */
  one: TypedFields;
  many: { key: string; label: string; fields: TypedFields };
  /** A record of Okta in the shape the outputs are read from. */
  source: (record: Json) => JsonObject;
  sample: { inputs: JsonObject; record: JsonObject };
  ask: (context: RunContext<InputValues<I>, OktaClient>) => Asked;
}

/** Declares a card that searches. A search that finds nothing succeeds with empty outputs. */
export function searchAction<I extends TypedFields>(search: Search<I>): Card {
  const { path, scope, options = { resultSet }, one, many, source, sample, ask, ...card } = search;
  const list = field.objectList({ label: many.label, fields: many.fields });
  const outputs: TypedFields = resultOutputs(one, { [many.key]: list });
  return oktaAction({
    ...card,
    version: 1,
    connector: okta,
    endpoint: `GET ${path}`,
    scopes: [scope],
    effect: "read",
    options,
    outputs,
    sample: { inputs: sample.inputs, outputs: readSample(one, source(sample.record)) },
    run: async (context: RunContext<InputValues<I>, OktaClient>) => {
      const { query, limit, pageSize, most } = ask(context);
      const nothing = readSample(outputs, {});
      if (!FIRST.is.includes(context.options.resultSet ?? "")) {
        const shape = { fields: many.fields, source, pageSize, most };
        const { records, raw } = await readList({ path, query }, shape, limit, context);
        return { ...nothing, [many.key]: records, [RAW_RECORDS]: raw };
      }
      const [record = null] = await collect(context.client, { path, query: { ...query, limit: 1 } }, 1);
      return { ...nothing, ...readSample(one, source(record)) };
    },
  });
}
