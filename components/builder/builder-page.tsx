"use client";

import { Button, Center, Skeleton } from "@mantine/core";
import { IconArrowsSplit2 } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useMemo } from "react";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { listCards } from "#lib/api/catalog.ts";
import { ApiError, call, queryKey } from "#lib/api/client.ts";
import { getFlow } from "#lib/api/flows.ts";
import { createCatalogue } from "#lib/cards/registry.ts";
import classes from "./builder.module.css";
import { Builder } from "./builder.tsx";

/** Loads a flow and the catalogue, then opens the builder. The draft is loaded once: from then on the editor owns it. */
export function BuilderPage({ id }: { id: string }) {
  const flow = useQuery({
    queryKey: ["builder", id],
    queryFn: ({ signal }) => call(getFlow, { params: { id }, signal }),
    // A draft from an earlier visit would start the editor on an old revision.
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  });
  const cards = useQuery({
    queryKey: queryKey(listCards),
    queryFn: ({ signal }) => call(listCards, { signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  const catalogue = useMemo(() => cards.data && createCatalogue(cards.data.cards), [cards.data]);

  if (flow.data && catalogue) return <Builder key={id} initial={flow.data} catalogue={catalogue} />;
  const error = flow.error ?? cards.error;
  if (error instanceof ApiError && error.body.code === "not-found") return <NotFound />;
  if (error) {
    return (
      <Center h="100dvh" p="xl">
        <ErrorState
          error={error}
          what="The flow"
          onRetry={() => {
            flow.refetch();
            cards.refetch();
          }}
        />
      </Center>
    );
  }
  return <BuilderSkeleton />;
}

function NotFound() {
  return (
    <EmptyState
      icon={IconArrowsSplit2}
      title="There is no such flow"
      action={
        <Button component={Link} href="/flows" variant="default">
          All flows
        </Button>
      }
    >
      It may have been deleted. Its past executions are still there.
    </EmptyState>
  );
}

function BuilderSkeleton() {
  return (
    <div className={classes.builder} aria-busy="true" role="status" aria-label="Loading the flow">
      <div className={classes.topBar}>
        <Skeleton h={20} w={220} />
      </div>
      <div className={classes.body}>
        <div className={classes.palette} style={{ padding: 12, gap: 10 }}>
          <Skeleton h={32} />
          {[0, 1, 2, 3, 4, 5, 6].map((row) => (
            <Skeleton key={row} h={26} />
          ))}
        </div>
        <div className={classes.stage}>
          <Center h="100%" style={{ gap: 60 }}>
            <Skeleton h={150} w={280} radius="md" />
            <Skeleton h={150} w={280} radius="md" visibleFrom="lg" />
          </Center>
        </div>
      </div>
    </div>
  );
}
