import { Alert, Checkbox, Loader, SegmentedControl, Stack, Text, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useAction } from "#components/feedback/use-action.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { call } from "#lib/api/client.ts";
import { planFlow, sampleEventOfFlow, testFlow } from "#lib/api/flows.ts";
import { isJsonObject, type JsonObject } from "#lib/flow/json.ts";
import classes from "./builder.module.css";
import { useBuilder, useEditorState } from "./builder-context.ts";
import { PastEvents } from "./past-events.tsx";
import { writingCards } from "./writing-cards.ts";

type Source = "generated" | "past" | "pasted";

/** Runs the draft with an event of choice, after saying which cards will really change something. */
export function TestFlowDialog({ onClose }: { onClose: () => void }) {
  const { editor, flow, settle } = useBuilder();
  const router = useRouter();
  const document = useEditorState((state) => state.document);
  const [source, setSource] = useState<Source>("generated");
  const [past, setPast] = useState<JsonObject>();
  const [pasted, setPasted] = useState("");
  const [confirmed, setConfirmed] = useState(false);
  const writes = writingCards(document, editor.catalogue);
  // Whoever presses Enter at once must not have changed anything.
  const [plans, setPlans] = useState(writes.length > 0);
  const event = Object.values(document.cards).find(
    (node) => editor.catalogue.card(node.card)?.kind === "event",
  );
  const generated = useQuery({
    queryKey: ["sample-event", flow.id, JSON.stringify([event?.card, event?.options])],
    queryFn: async ({ signal }) => {
      await settle();
      return call(sampleEventOfFlow, { params: { id: flow.id }, signal });
    },
    staleTime: 0,
    retry: false,
  });
  const read = source === "pasted" ? readEvent(pasted) : undefined;
  const chosen = source === "generated" ? generated.data?.event : source === "past" ? past : read?.event;
  const run = useAction({
    run: async () => {
      if (!(await settle())) throw new Error("The last changes are not saved yet.");
      const params = { id: flow.id };
      return plans
        ? call(planFlow, { params, body: { event: chosen } })
        : call(testFlow, { params, body: { event: chosen, confirmWrites: confirmed } });
    },
    failed: plans ? "The plan did not start" : "The test did not start",
    onDone: ({ executionId }) => router.push(`/executions/${executionId}`),
  });
  return (
    <Dialog onClose={onClose} size="lg" title="Test this flow">
      <Stack gap="sm">
        <SegmentedControl
          size="xs"
          aria-label="Test or plan"
          value={plans ? "plan" : "test"}
          onChange={(next) => setPlans(next === "plan")}
          data={[
            { value: "plan", label: "Plan: real reads, nothing is written" },
            { value: "test", label: "Test: it runs once, for real" },
          ]}
        />
        <Text size="sm">The draft runs once, marked as a {plans ? "plan" : "test"}, with this event:</Text>
        <SegmentedControl
          size="xs"
          aria-label="Event to test with"
          value={source}
          onChange={(next) => setSource(next === "past" || next === "pasted" ? next : "generated")}
          data={[
            { value: "generated", label: "Generated event" },
            { value: "past", label: "Past event" },
            { value: "pasted", label: "Pasted event" },
          ]}
        />
        {source === "generated" ? (
          generated.data ? (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard
            <pre className={classes.code} tabIndex={0}>
              {JSON.stringify(generated.data.event, null, 2)}
            </pre>
          ) : generated.error ? (
            <Alert color="orange">{generated.error.message}</Alert>
          ) : (
            <Loader size="sm" aria-label="Making an event" />
          )
        ) : null}
        {source === "past" ? <PastEvents node={event} onChoose={setPast} /> : null}
        {source === "pasted" ? (
          <Textarea
            label="Event"
            description="One event as JSON, as Okta's System Log or an event hook shows it."
            autosize
            minRows={6}
            maxRows={16}
            styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)", fontSize: 12 } }}
            error={read?.problem}
            value={pasted}
            onChange={(change) => setPasted(change.target.value)}
          />
        ) : null}
        {chosen ? <About event={chosen} /> : null}
        {plans ? (
          <Text size="sm" c="dimmed">
            What the flow would change is listed and not sent. Cards that write give their sample outputs.
          </Text>
        ) : writes.length > 0 ? (
          <Alert color="orange" variant="outline" title="This test really changes something">
            <ul className={classes.changes}>
              {writes.map((card) => (
                <li key={card.id}>
                  {card.title}
                  {card.connection ? ` in ${card.connection}` : ""}
                  {card.endpoint ? ` (${card.endpoint})` : ""}
                </li>
              ))}
            </ul>
            <Checkbox
              mt="sm"
              label="I understand that these changes are real, where the test reaches them"
              checked={confirmed}
              onChange={(change) => setConfirmed(change.target.checked)}
            />
          </Alert>
        ) : (
          <Text size="sm" c="dimmed">
            No card of this flow changes anything.
          </Text>
        )}
        <DialogButtons
          confirm={plans ? "Plan" : "Run test"}
          busy={run.isPending}
          disabled={!chosen || (!plans && writes.length > 0 && !confirmed)}
          onCancel={onClose}
          onConfirm={() => run.mutate(undefined)}
        />
      </Stack>
    </Dialog>
  );
}

/** One event out of pasted JSON; a whole hook delivery counts when it holds just one. */
export function readEvent(text: string): { event?: JsonObject; problem?: string } {
  if (text.trim() === "") return {};
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return {
      problem:
        "This is no JSON: paste the whole event, from its first { to its last }, keys in double quotes.",
    };
  }
  const [only, ...others] = Array.isArray(json) ? json : eventsOfDelivery(json);
  if (others.length > 0) return { problem: "These are several events: paste one." };
  if (!isJsonObject(only)) return { problem: "An event is an object: { … }." };
  if (typeof only.eventType !== "string" || only.eventType === "") {
    return {
      problem: "“eventType” is missing: every event says what happened, as in user.lifecycle.create.",
    };
  }
  return { event: only };
}

function eventsOfDelivery(json: unknown): unknown[] {
  if (!isJsonObject(json) || !isJsonObject(json.data)) return [json];
  return Array.isArray(json.data.events) ? json.data.events : [json];
}

/** Whom and what an event is about: the test acts on them. */
function About({ event }: { event: JsonObject }) {
  const targets = Array.isArray(event.target) ? event.target.filter(isJsonObject) : [];
  const names = targets.flatMap(({ displayName, alternateId }) =>
    typeof displayName === "string"
      ? [
          typeof alternateId === "string" && alternateId.includes("@")
            ? `${displayName} (${alternateId})`
            : displayName,
        ]
      : [],
  );
  if (names.length === 0) return null;
  return (
    <Text size="sm">
      It is about <b>{names.join(", ")}</b>.
    </Text>
  );
}
