import { Alert } from "@mantine/core";
import { Tag } from "#components/ui/tag.tsx";
import type { BulkSample } from "#lib/api/bulk.ts";
import classes from "./run-by-hand.module.css";

/** The first rows in detail: whom each is about, what changes from what to what, and the call. */
export function SampleList({ sample, ready }: { sample: readonly BulkSample[]; ready: number }) {
  if (sample.length === 0) return null;
  const title = sample.length < ready ? `The first ${sample.length} in detail` : "In detail";
  return (
    <div>
      <h3 className={classes.sectionTitle}>{title}</h3>
      <ol className={classes.samples} aria-label={title}>
        {sample.map((row) => (
          <li key={row.position} className={classes.sample}>
            <Sample row={row} />
          </li>
        ))}
      </ol>
    </div>
  );
}

function Sample({ row: { label, person, changes, call, warning } }: { row: BulkSample }) {
  const who = person && person.name !== person.login ? `${person.name} (${person.login})` : person?.login;
  return (
    <>
      <span className={classes.sampleName}>{who ?? label}</span>{" "}
      {person ? <Tag tone={person.status === "ACTIVE" ? "good" : "neutral"}>{person.status}</Tag> : null}
      {changes.map((change) => (
        <div key={change.label} className={classes.change}>
          {change.label}: <del>{change.before || "empty"}</del> → <ins>{change.after}</ins>
        </div>
      ))}
      {call ? (
        <code className={classes.call}>
          {call.method} {call.path} {call.body}
        </code>
      ) : null}
      {warning ? (
        <Alert color="orange" p="xs" mt={6}>
          {warning} This row will probably fail.
        </Alert>
      ) : null}
    </>
  );
}
