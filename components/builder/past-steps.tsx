import { Alert, Button, Loader, Stack } from "@mantine/core";
import { useMutation, useQuery } from "@tanstack/react-query";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { Instant } from "#components/ui/instant.tsx";
import { call } from "#lib/api/client.ts";
import { getExecution, listExecutions } from "#lib/api/executions.ts";
import { withoutMasked } from "#lib/cards/mask.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { useBuilder } from "./builder-context.ts";

/** Past executions of this flow, to test a card with the inputs it had there. */
export function PastSteps(props: {
  cardId: string;
  onChoose: (inputs: JsonObject) => void;
  onClose: () => void;
}) {
  const { flow } = useBuilder();
  const executions = useQuery({
    queryKey: ["past-executions", flow.id],
    queryFn: ({ signal }) => call(listExecutions, { query: { flowId: flow.id, limit: 10 }, signal }),
  });
  const choose = useMutation({
    mutationFn: async (id: string) => {
      const execution = await call(getExecution, { params: { id } });
      const step = execution.steps.findLast((each) => each.path === props.cardId && each.inputs);
      if (!step?.inputs)
        throw new Error("This card did not run there, or its inputs were not kept. Choose another.");
      // Secrets were not kept; their fields are left to be filled in.
      return withoutMasked(step.inputs);
    },
    onSuccess: props.onChoose,
  });
  if (executions.error && !executions.data) {
    return (
      <ErrorState
        error={executions.error}
        what="The past executions"
        onRetry={() => void executions.refetch()}
      />
    );
  }
  if (!executions.data) return <Loader size="sm" aria-label="Loading past executions" />;
  return (
    <Stack gap={4} role="group" aria-label="Past executions">
      {executions.data.items.length === 0 ? <Alert color="gray">This flow has not run yet.</Alert> : null}
      {choose.error ? <Alert color="orange">{choose.error.message}</Alert> : null}
      {executions.data.items.map((execution) => (
        <Button
          key={execution.id}
          size="compact-sm"
          variant="default"
          justify="flex-start"
          onClick={() => choose.mutate(execution.id)}
        >
          {execution.subject || execution.status}&nbsp;· <Instant at={execution.createdAt} />
        </Button>
      ))}
      <Button size="compact-xs" variant="subtle" color="gray" onClick={props.onClose}>
        Cancel
      </Button>
    </Stack>
  );
}
