import type { Ending } from "#lib/engine/execution.ts";
import { losslessJson, storableText } from "../db/storable-json.ts";

type Outcome = [
  status: Ending["status"],
  reason: string | null,
  until: string | null,
  error: string | null,
  result: string | null,
];
export type EndingValues = [...Outcome, ran: boolean];

/** In the order of the statements' parameters: $4 status, $5 reason, $6 waiting until, $7 error with path, $8 result, $9 whether the flow ran. */
export function endingValues(ending: Ending): EndingValues {
  return [...outcomeValues(ending), !("ran" in ending && ending.ran === false)];
}

function outcomeValues(ending: Ending): Outcome {
  switch (ending.status) {
    case "succeeded":
      return [
        "succeeded",
        ending.reason === undefined ? null : storableText(ending.reason),
        null,
        null,
        ending.result === undefined ? null : losslessJson(ending.result),
      ];
    case "failed":
    case "attention":
      return [
        ending.status,
        storableText(ending.error.message),
        null,
        losslessJson({ ...ending.error, path: ending.path }),
        null,
      ];
    case "cancelled":
      return ["cancelled", null, null, null, null];
    case "waiting":
      return ["waiting", storableText(ending.reason), ending.until, null, null];
  }
}
