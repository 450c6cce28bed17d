"use client";

import { Button, Group, Loader, Text } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { Dialog } from "#components/ui/dialog.tsx";

/** The frame of a question about all executions that match: while they are counted, when there are none, and the question. */
export function ManyDialog<Counts>(props: {
  title: string;
  matching: UseQueryResult<Counts>;
  count: (counts: Counts) => number;
  /** Said where there is nothing to do. */
  none: string;
  children: (counts: Counts) => ReactNode;
  confirm: (count: number) => string;
  color?: string;
  loading: boolean;
  onConfirm: (count: number) => void;
  onClose: () => void;
}) {
  const { matching, onClose } = props;
  const { data } = matching;
  const count = data === undefined ? 0 : props.count(data);
  return (
    <Dialog onClose={onClose} title={props.title}>
      {matching.isPending ? (
        <Group gap="xs" role="status">
          <Loader size="xs" />
          <Text size="sm">Counting what matches</Text>
        </Group>
      ) : null}
      {matching.isError && data === undefined ? (
        <ErrorState error={matching.error} what="What matches" onRetry={() => void matching.refetch()} />
      ) : null}
      {data === undefined ? null : props.children(data)}
      {data !== undefined && count === 0 ? (
        <Text size="sm" mt="sm">
          {props.none}
        </Text>
      ) : null}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onClose} data-autofocus>
          Go back
        </Button>
        {count > 0 ? (
          <Button color={props.color} loading={props.loading} onClick={() => props.onConfirm(count)}>
            {props.confirm(count)}
          </Button>
        ) : null}
      </Group>
    </Dialog>
  );
}
