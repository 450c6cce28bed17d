"use client";

import { Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { call, queryKey } from "#lib/api/client.ts";
import { getSandboxDelivery } from "#lib/api/sandbox.ts";
import { JsonDrawer } from "./json-drawer.tsx";

/** The body of one delivery, as the hook's endpoint got it. */
export function DeliveryDrawer({ id, onClose }: { id: number; onClose: () => void }) {
  const params = { id };
  const delivery = useQuery({
    queryKey: queryKey(getSandboxDelivery, { params }),
    queryFn: ({ signal }) => call(getSandboxDelivery, { params, signal }),
  });
  const { data, error } = delivery;
  return (
    <JsonDrawer title={`Delivery ${id}`} what="the delivery's body" json={data?.body} onClose={onClose}>
      {error && !data ? (
        <ErrorState error={error} what="The delivery" onRetry={() => void delivery.refetch()} />
      ) : null}
      {data ? (
        <Text size="sm" mb="xs">
          POST {data.uri}: {data.status}
          {data.answered === null ? "" : `, HTTP ${data.answered}`}
          {data.reason ? `. ${data.reason}` : ""}. The secret in its Authorization header is not shown.
        </Text>
      ) : null}
    </JsonDrawer>
  );
}
