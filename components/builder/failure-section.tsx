import { Select, Stack } from "@mantine/core";
import { useEffect, useState } from "react";
import { readWholeNumber, WholeNumberInput } from "#components/ui/whole-number-input.tsx";
import type { CardDescription } from "#lib/cards/card.ts";
import { effectOf } from "#lib/cards/effect.ts";
import { optionValues } from "#lib/cards/effective-fields.ts";
import { ERROR_EXIT } from "#lib/cards/exits.ts";
import type { CardNode, FlowDocument, OnError } from "#lib/flow/document.ts";
import type { Operation } from "#lib/flow/operations.ts";
import classes from "./builder.module.css";
import { CalledFlowSelect } from "./called-flow-select.tsx";

const MOST = 10;

/**
 * What happens when a card fails: how often it is tried again, how long in between, and what then. What an unknown
 * outcome may do is the card's own rule, and said here. Functions call nobody, so nothing of theirs is tried again.
 */
export function FailureSection(props: {
  description: CardDescription;
  node: CardNode;
  readOnly: boolean;
  onChange: (onError: OnError | null) => void;
}) {
  const { description, node, readOnly, onChange } = props;
  const { retry, delaySeconds, only, after, flow } = node.onError ?? {};
  const set = (change: Partial<OnError>) => onChange(without({ ...node.onError, ...change }));
  const retries = description.kind === "action";
  return (
    <section aria-label="If it fails">
      <h3 className={classes.sectionTitle}>If it fails</h3>
      <Stack gap="xs">
        {retries ? (
          <Select
            size="xs"
            label="Try again"
            description={ruleOf(description, node)}
            allowDeselect={false}
            readOnly={readOnly}
            data={[
              { value: "", label: "Up to 3 times, as usual" },
              { value: "rate-limit", label: "Only when a rate limit ends" },
              { value: "0", label: "Never" },
              ...Array.from({ length: MOST }, (_, index) => ({
                value: String(index + 1),
                label: index === 0 ? "Once" : `Up to ${index + 1} times`,
              })),
            ]}
            value={only === "rate-limit" ? only : retry === undefined ? "" : String(retry)}
            onChange={(next) =>
              set(
                next === "rate-limit"
                  ? { only: "rate-limit", retry: undefined, delaySeconds: undefined }
                  : { only: undefined, retry: next ? Number(next) : undefined },
              )
            }
          />
        ) : null}
        {retries && only !== "rate-limit" && retry !== 0 ? (
          <DelayInput
            readOnly={readOnly}
            value={delaySeconds}
            onChange={(next) => set({ delaySeconds: next })}
          />
        ) : null}
        <Select
          size="xs"
          label="Then"
          description={
            after === "error"
              ? `Draw a line from “${ERROR_EXIT.label}” to the card that deals with it. Its outputs say what went wrong.`
              : after === "call"
                ? "The flow is told which card failed, why, and for whom."
                : undefined
          }
          allowDeselect={false}
          readOnly={readOnly}
          data={[
            { value: "fail", label: "The execution fails" },
            { value: "error", label: `Go on at “${ERROR_EXIT.label}”` },
            { value: "call", label: "The execution fails, and a flow is called" },
          ]}
          value={after ?? "fail"}
          onChange={(next) =>
            set({ after: next === "error" || next === "call" ? next : undefined, flow: undefined })
          }
        />
        {after === "call" ? (
          <CalledFlowSelect readOnly={readOnly} value={flow} onChange={(called) => set({ flow: called })} />
        ) : null}
      </Stack>
    </section>
  );
}

const DELAY = { min: 1, max: 3600, optional: true };

/** Seconds between tries. What is no such number is said and not taken: the number before stays. */
function DelayInput(props: {
  value: number | undefined;
  readOnly: boolean;
  onChange: (seconds: number | undefined) => void;
}) {
  const { value, readOnly, onChange } = props;
  const stored = String(value ?? "");
  const [typed, setTyped] = useState(stored);
  useEffect(() => {
    // Changed from outside (undo), not by what was just typed here.
    setTyped((now) => (String(readWholeNumber(now, DELAY).value ?? "") === stored ? now : stored));
  }, [stored]);
  return (
    <WholeNumberInput
      size="xs"
      label="Seconds between tries"
      description="Empty: one second, doubled each time."
      takes={DELAY}
      readOnly={readOnly}
      typed={typed}
      onType={(next) => {
        setTyped(next);
        const { value: seconds, problem } = readWholeNumber(next, DELAY);
        if (problem === undefined) onChange(seconds);
      }}
    />
  );
}

/** The edit that sets it. Lines from an error way that is no longer there go with it, as one step of undo. */
export function onErrorOperation(document: FlowDocument, id: string, onError: OnError | null): Operation {
  const set = { op: "setOnError", id, onError } as const;
  const stale = document.edges.filter((edge) => edge.from === id && edge.out === ERROR_EXIT.id);
  if (onError?.after === "error" || stale.length === 0) return set;
  return { op: "batch", operations: [set, ...stale.map((edge) => ({ op: "disconnect", edge }) as const)] };
}

function without(onError: OnError): OnError | null {
  const set = Object.entries(onError).filter(([, value]) => value !== undefined);
  return set.length === 0 ? null : Object.fromEntries(set);
}

function ruleOf(description: CardDescription, node: CardNode): string {
  const { effect, repeat } = effectOf(description, optionValues(description, node));
  if (effect !== "write") return "This card only reads, so trying again is harmless.";
  if (repeat === "ask")
    return "When it is unknown whether a write happened, the execution waits for a person.";
  return repeat === "check"
    ? "When it is unknown whether the write happened, it is read back first."
    : "Sending this write again has the same result.";
}
