import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useMay } from "#components/accounts/may.tsx";
import { call, queryKey } from "#lib/api/client.ts";
import { listConnections } from "#lib/api/connections.ts";
import { type ChoiceSource, useChoice } from "./use-live-choices.ts";

const REST_MS = 1_000;

/**
 * What a picked id stands for, in place of the id; the id while that is not known. The name is asked of the org and kept
 * for a few minutes, never stored: it would stay when the group is renamed. Nothing is asked of a connection that is
 * broken or gone, nor for an account that may not ask.
 */
export function PickedName({ source, value }: { source: ChoiceSource; value: string }) {
  const may = useMay("executions.run");
  const { data } = useQuery({
    queryKey: queryKey(listConnections),
    queryFn: ({ signal }) => call(listConnections, { signal }),
    enabled: may,
  });
  const works = data?.connections.some(
    ({ alias, status }) => alias === source.alias && status === "connected",
  );
  // What was just picked is known; an id that is being typed is not asked for letter by letter.
  const [rested] = useDebouncedValue(value, REST_MS);
  return useChoice(source, value, may && works === true && rested === value)?.label ?? value;
}
