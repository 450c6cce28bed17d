import { type ActionDefinition, type Card, defineAction } from "../../cards/define.ts";
import { field, type TypedFields } from "../../cards/field.ts";
import type { Json, JsonObject } from "../../flow/json.ts";
import type { OktaClient } from "./client.ts";
import { RAW_RECORDS } from "./result-set.ts";

export interface OktaActionDefinition<I extends TypedFields, O extends TypedFields>
  extends ActionDefinition<I, O, OktaClient> {
  /** Status of a call that was carried out, where it is not 200. */
  success?: number;
}

/** What Okta answered to each card's call, whatever else the card makes of it. */
const answerOutputs = {
  statusCode: field.number({
    label: "Status Code",
    group: "Response",
    help: "Of Okta's answer; the last one, where the card makes several calls.",
  }),
  rawBody: field.any({
    label: "Raw Body",
    group: "Response",
    secretKeys: true,
    help: "Okta's answer exactly as it came, the last one where the card makes several calls. Empty where it had none, or was lost and its effect was looked up.",
  }),
};

/** Outputs of cards that give the same under a name of their own. */
const GIVES_BODY = ["rawBody", "body", RAW_RECORDS];

/**
 * Declares an action card of Okta. Status code and raw body are outputs of every one: those the card does not declare
 * itself are added here, from the last answer it got.
 */
export function oktaAction<I extends TypedFields, O extends TypedFields>({
  success = 200,
  ...definition
}: OktaActionDefinition<I, O>): Card {
  const { outputs, sample, run, readBack } = definition;
  const added = addedTo(outputs);
  const withAnswer = (own: JsonObject, answer: JsonObject): JsonObject => ({
    ...own,
    ...Object.fromEntries(Object.keys(added).map((key) => [key, answer[key] ?? null])),
  });
  const card = defineAction<I, TypedFields, OktaClient>({
    ...definition,
    outputs: { ...outputs, ...added },
    sample: {
      ...sample,
      outputs: withAnswer(sample.outputs, { statusCode: success, rawBody: null }),
    },
    run: async (context) => {
      const { client, answer } = noting(context.client);
      return withAnswer(await run({ ...context, client }), answer);
    },
    readBack:
      readBack &&
      (async (context) => {
        const found = await readBack(context);
        return found && withAnswer(found, { statusCode: success, rawBody: null });
      }),
  });
  return card;
}

function addedTo(own: TypedFields): TypedFields {
  const { statusCode, rawBody } = answerOutputs;
  const hasStatus = own.statusCode !== undefined || own.status?.type === "number";
  return {
    ...(hasStatus ? {} : { statusCode }),
    ...(GIVES_BODY.some((key) => own[key] !== undefined) ? {} : { rawBody }),
  };
}

/** The client, and the last answer it got. Of a list only that there was one: its pages are not held. */
function noting(client: OktaClient): { client: OktaClient; answer: JsonObject } {
  const answer: { [key: string]: Json } = {};
  const note = (statusCode: number, rawBody: Json) => Object.assign(answer, { statusCode, rawBody });
  return {
    answer,
    client: {
      orgTime: client.orgTime,
      request: async (call) => {
        const given = await client.request(call);
        note(given.status, given.body);
        return given;
      },
      async *pages(call) {
        for await (const page of client.pages(call)) {
          note(200, null);
          yield page;
        }
      },
    },
  };
}
