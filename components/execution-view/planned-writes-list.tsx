import { Text } from "@mantine/core";
import { Tag } from "#components/ui/tag.tsx";
import type { ExecutionView } from "#lib/api/executions.ts";
import type { Json } from "#lib/flow/json.ts";
import type { CardRun } from "./card-runs.ts";
import classes from "./execution-detail.module.css";
import { JsonCode } from "./json-code.tsx";
import { type PlannedWrite, plannedWrites } from "./planned-writes.ts";
import { prettyBody } from "./value-text.ts";

/** What a plan found the flow would change, card by card. */
export function PlannedWrites({
  runs,
  execution,
}: {
  runs: readonly CardRun[];
  execution: Pick<ExecutionView, "status">;
}) {
  const writes = plannedWrites(runs);
  const ended = execution.status === "succeeded" || execution.status === "failed";
  return (
    <section className={classes.result} aria-label="What would change">
      <h2>What would change</h2>
      {writes.length === 0 ? (
        <p>
          {ended
            ? "With this event the flow would change nothing."
            : "Nothing so far; the plan is under way."}
        </p>
      ) : (
        <p>
          {writes.length === 1 ? "One call was not sent." : `${writes.length} calls were not sent.`} Values
          that came from cards that write are assumed.
        </p>
      )}
      <ol>
        {writes.map((write, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a stored list never changes its order
          <li key={index}>
            <Write write={write} />
          </li>
        ))}
      </ol>
      {execution.status === "failed" ? (
        <p>The plan failed before its end, as the flow would: what comes after that card is not listed.</p>
      ) : null}
    </section>
  );
}

function Write({ write: { title, exchange } }: { write: PlannedWrite }) {
  const { method, path, requestBody, held } = exchange;
  return (
    <>
      <Text size="sm" fw={600}>
        {title} <Tag tone="info">Not sent</Tag>
      </Text>
      <Text size="xs" ff="monospace" style={{ overflowWrap: "anywhere" }}>
        {method} {path}
      </Text>
      {held.changes.length > 0 ? (
        <ul>
          {held.changes.map((change) => (
            <li key={change.field.join("/")}>
              <Text size="xs" component="span">
                {change.field.join(" › ")}: {shown(change.before)}
                {change.after === undefined ? " now" : ` → ${shown(change.after)}`}
              </Text>
            </li>
          ))}
        </ul>
      ) : requestBody ? (
        <JsonCode text={prettyBody(requestBody)} label="Would send" />
      ) : null}
    </>
  );
}

function shown(value: Json | undefined): string {
  if (value === undefined || value === null || value === "") return "(empty)";
  return typeof value === "string" ? value : JSON.stringify(value);
}
