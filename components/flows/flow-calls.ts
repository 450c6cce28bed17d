import { useQuery } from "@tanstack/react-query";
import { call, queryKey } from "#lib/api/client.ts";
import { type FlowCall, type FlowSummary, listFlows } from "#lib/api/flows.ts";

interface Calls {
  flows: readonly Pick<FlowSummary, "id" | "name" | "callable">[];
  calls: readonly FlowCall[];
}

/** Names of the flows that are on and call this one when a card of theirs fails; a flow that calls itself is no other. */
export function callersOf(id: string, { flows, calls }: Calls): string[] {
  const callers = new Set(calls.filter(({ from, to }) => to === id && from !== id).map(({ from }) => from));
  return flows.filter((flow) => callers.has(flow.id)).map(({ name }) => name);
}

/** What a flow that is on would call in vain when a card of it fails, in words; undefined where every call works. */
export function missedCall(id: string, { flows, calls }: Calls): string | undefined {
  for (const { from, to } of calls) {
    if (from !== id) continue;
    const called = flows.find((flow) => flow.id === to);
    if (!called) return "The flow it calls when a card fails is deleted.";
    if (!called.callable)
      return `It calls “${called.name}” when a card fails, which is off or does not start with “Card Failed”.`;
  }
  return undefined;
}

/** What happens to those who call a flow that is deleted or turned off: “Leavers” and “Joiners” call this flow … */
export function callersWords(callers: readonly string[]): string {
  const names = callers.map((name) => `“${name}”`);
  const last = names.pop() ?? "";
  const who = names.length > 0 ? `${names.join(", ")} and ${last} call` : `${last} calls`;
  return `${who} this flow when a card fails. From then on nothing is called there.`;
}

/** Names of the flows that call this one, as far as they are known yet. */
export function useCallers(id: string): string[] {
  const { data } = useQuery({
    queryKey: queryKey(listFlows),
    queryFn: ({ signal }) => call(listFlows, { signal }),
  });
  return data ? callersOf(id, data) : [];
}
