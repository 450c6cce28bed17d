"use client";

import { Button } from "@mantine/core";
import { IconListSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { isUnfinished } from "#components/executions/elapsed.ts";
import { useCatalogue } from "#components/executions/use-catalogue.ts";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { Page } from "#components/ui/page-header.tsx";
import { ApiError, call, queryKey } from "#lib/api/client.ts";
import { getExecution } from "#lib/api/executions.ts";
import { ExecutionDetail } from "./execution-detail.tsx";

/** One execution, card by card; live until it has ended. */
export function ExecutionPage({ id }: { id: string }) {
  const catalogue = useCatalogue();
  const { data, error, isError, refetch } = useQuery({
    queryKey: queryKey(getExecution, { params: { id } }),
    queryFn: ({ signal }) => call(getExecution, { params: { id }, signal }),
    refetchInterval: ({ state }) => (state.data && isUnfinished(state.data) ? 1_000 : false),
  });
  if (data) return <ExecutionDetail execution={data} catalogue={catalogue} />;
  return (
    <Page>
      {isError && isNotThere(error) ? (
        <EmptyState
          icon={IconListSearch}
          title="There is no such execution"
          action={
            <Button component={Link} href="/executions" variant="default">
              All executions
            </Button>
          }
        >
          The address may be mistyped, or its history was removed.
        </EmptyState>
      ) : isError ? (
        <ErrorState error={error} what="The execution" onRetry={() => void refetch()} />
      ) : (
        <ListSkeleton rows={4} height={120} />
      )}
    </Page>
  );
}

/** No execution has the id, or it is no id at all. */
function isNotThere(error: unknown): boolean {
  return error instanceof ApiError && ["not-found", "bad-request"].includes(error.body.code);
}
