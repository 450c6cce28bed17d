import { Anchor, Text } from "@mantine/core";
import Link from "next/link";
import { Instant } from "#components/ui/instant.tsx";
import type { WhyNot } from "#lib/api/why-not.ts";
import { eventTypeName } from "./event-type-name.ts";
import { useCatalogue } from "./use-catalogue.ts";
import classes from "./why-not-answer.module.css";

const HEADINGS: Record<WhyNot["verdict"], string> = {
  ran: "It did run",
  pending: "It is under way",
  conditionNotMet: "A condition was not met",
  neverPublished: "The flow was not published",
  off: "The flow was off",
  notListening: "The flow does not listen to it",
  neverArrived: "The event never arrived",
  notKept: "Its execution is not kept any more",
};

/** Why a flow did not run: the verdict, what to do about it, and the facts it rests on. */
export function WhyNotAnswer({ why }: { why: WhyNot }) {
  const catalogue = useCatalogue();
  const { verdict, text, hint, executionId, event, intake } = why;
  return (
    <section className={classes.answer} data-verdict={verdict} aria-label="Answer">
      <Text fw={600}>{HEADINGS[verdict]}</Text>
      <Text size="sm">{text}</Text>
      {hint ? (
        <Text size="sm" c="dimmed">
          {hint}
        </Text>
      ) : null}
      {executionId ? (
        <Anchor component={Link} href={`/executions/${executionId}`} size="sm">
          Open the execution
        </Anchor>
      ) : null}
      <dl className={classes.facts}>
        {event ? (
          <>
            <dt>Event</dt>
            <dd title={event.uuid}>
              {eventTypeName(event.eventType, catalogue)}, <Instant at={event.published} />, arrived{" "}
              <Instant at={event.receivedAt} />
            </dd>
          </>
        ) : null}
        {intake ? (
          <>
            <dt>Connection</dt>
            <dd>
              {intake.connection}:{" "}
              {intake.mode === "log" ? "its System Log is read" : `event hook ${intake.hookStatus}`}
            </dd>
            <dt>Last delivery</dt>
            <dd>{intake.lastDeliveryAt ? <Instant at={intake.lastDeliveryAt} /> : "none yet"}</dd>
          </>
        ) : null}
      </dl>
    </section>
  );
}
