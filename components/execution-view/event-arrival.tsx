import { Text } from "@mantine/core";
import { Instant } from "#components/ui/instant.tsx";
import type { ExecutionView } from "#lib/api/executions.ts";
import classes from "./execution-header.module.css";

/** What was unusual about the way its event came: late, or found in the System Log. Nothing where all went as it should. */
export function EventArrival({ arrival }: { arrival: ExecutionView["arrival"] }) {
  if (!arrival || !(arrival.recovered || arrival.lateAfter)) return null;
  const { published, receivedAt, recovered, lateAfter } = arrival;
  return (
    <Text size="sm" className={classes.summary}>
      {recovered ? (
        <>
          Recovered: it happened <Instant at={published} />, the event hook missed it, and it was found in the
          System Log <Instant at={receivedAt} />.{" "}
        </>
      ) : null}
      {lateAfter ? (
        <>
          Arrived late, after {lateAfter.eventType} (<Instant at={lateAfter.published} />
          ), which happened later to the same person or thing.
        </>
      ) : null}
    </Text>
  );
}
