"use client";

import { Button, Group, Loader, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { cardIdOf } from "#components/execution-view/card-runs.ts";
import { ExchangeList } from "#components/execution-view/exchange-list.tsx";
import { usersOfOutputs } from "#components/execution-view/users-of-outputs.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { call, queryKey } from "#lib/api/client.ts";
import { type ExecutionSummary, getExecution } from "#lib/api/executions.ts";
import { useCatalogue } from "./use-catalogue.ts";
import { useRetry } from "./use-execution-actions.ts";

interface OutcomeProps {
  execution: Pick<ExecutionSummary, "id" | "error">;
  onClose: () => void;
}

/** Asks what became of a write nobody knows the outcome of: shows what was sent, and what saying "it happened" leaves open. */
export function OutcomeDialog({ execution, onClose }: OutcomeProps) {
  const retry = useRetry(execution.id, onClose);
  const settle = (tookEffect: boolean) => retry.mutate({ from: "failed", tookEffect });
  return (
    <Dialog onClose={onClose} title="Did it happen?" size="lg">
      <Stack gap="sm">
        <Text size="sm">
          {execution.error?.message} Look in the connected system, then say what you found: the flow goes on
          from there.
        </Text>
        <InDoubt execution={execution} />
      </Stack>
      <Group mt="lg" justify="flex-end" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          Decide later
        </Button>
        <Button variant="default" loading={retry.isPending} onClick={() => settle(false)}>
          It did not: send it again
        </Button>
        <Button loading={retry.isPending} onClick={() => settle(true)}>
          It happened: go on
        </Button>
      </Group>
    </Dialog>
  );
}

/** The calls of the attempt in doubt, and the cards that would go on without its outputs. */
function InDoubt({ execution: { id, error } }: Pick<OutcomeProps, "execution">) {
  const catalogue = useCatalogue();
  const { data, isError } = useQuery({
    queryKey: queryKey(getExecution, { params: { id } }),
    queryFn: ({ signal }) => call(getExecution, { params: { id }, signal }),
  });
  const path = error?.path;
  if (path === undefined) return null;
  if (isError) {
    return (
      <Text size="sm" c="dimmed">
        What was sent could not be loaded; the execution's own page shows it.
      </Text>
    );
  }
  if (!data) return <Loader size="sm" aria-label="Loading what was sent" />;
  const cardId = cardIdOf(path);
  const attempts = data.steps.filter((step) => step.path === path && step.status === "unknown").slice(-1);
  const users = usersOfOutputs(data.document, cardId, catalogue);
  const endpoint = catalogue?.card(data.document.cards[cardId]?.card ?? "")?.endpoint;
  return (
    <>
      <div>
        <ExchangeList attempts={attempts} endpoint={endpoint} />
      </div>
      {users.length > 0 ? (
        <Text size="sm">
          If you say that it happened, the card has no outputs: nobody knows what was answered.{" "}
          {listed(users)} {users.length === 1 ? "uses" : "use"} them and will find them empty.
        </Text>
      ) : null}
    </>
  );
}

const conjunction = new Intl.ListFormat("en", { type: "conjunction" });

function listed(titles: readonly string[]): string {
  return conjunction.format(titles.map((title) => `“${title}”`));
}
