import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, type QueryClient, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useMay } from "#components/accounts/may.tsx";
import { type AnswerOf, call } from "#lib/api/client.ts";
import { loadChoices } from "#lib/api/loaders.ts";

/** A list of live choices: which connection's, which list, narrowed by what. */
export interface ChoiceSource {
  alias: string;
  loaderId: string;
  /** Values of the inputs it depends on, as JSON; undefined where it depends on none. */
  options?: string;
}

export type LiveChoice = AnswerOf<typeof loadChoices>["choices"][number];

/** Long enough for one sitting at a form, short enough that a new group is there after lunch. */
const FRESH_MS = 60_000;
const TYPING_MS = 250;

/**
 * Pages of choices that match what is typed; `more` loads the next one. Asks nothing before it is `wanted`.
 */
export function useLiveChoices(source: ChoiceSource, typed: string, wanted: boolean) {
  const [search] = useDebouncedValue(typed, TYPING_MS);
  const mayAsk = useMay("executions.run");
  const { alias, loaderId, options } = source;
  const pages = useInfiniteQuery({
    queryKey: ["choices", alias, loaderId, options, search],
    queryFn: ({ signal, pageParam }) =>
      call(loadChoices, {
        params: { alias, loaderId },
        query: { search, cursor: pageParam, options },
        signal,
      }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.cursor,
    // What was found stays while more is typed, or the list would jump with every letter.
    placeholderData: keepPreviousData,
    staleTime: FRESH_MS,
    retry: false,
    enabled: wanted && mayAsk,
  });
  // An application with instances on two pages is on both.
  const byValue = new Map<string, LiveChoice>();
  for (const page of pages.data?.pages ?? []) {
    for (const choice of page.choices) if (!byValue.has(choice.value)) byValue.set(choice.value, choice);
  }
  return {
    choices: [...byValue.values()],
    /** How many pages are loaded. */
    pages: pages.data?.pages.length ?? 0,
    note: pages.data?.pages.at(-1)?.note,
    error: pages.error,
    /** Nothing to show yet, or what is shown is of other words. */
    isLoading: pages.isFetching && !pages.isFetchingNextPage,
    isLoadingMore: pages.isFetchingNextPage,
    /** What is shown is what was typed, not what was found before. */
    isSettled: typed === search && !pages.isPlaceholderData && !pages.isPending,
    hasMore: pages.hasNextPage,
    more: () => {
      if (pages.hasNextPage && !pages.isFetching) void pages.fetchNextPage();
    },
    /** After a failure: the first page again, or the one that failed. */
    retry: () => void (pages.isFetchNextPageError ? pages.fetchNextPage() : pages.refetch()),
  };
}

function oneChoice({ alias, loaderId, options }: ChoiceSource, value: string) {
  return {
    queryKey: ["choice", alias, loaderId, options, value],
    queryFn: async (): Promise<LiveChoice | null> => {
      const query = { value, options };
      return (await call(loadChoices, { params: { alias, loaderId }, query })).choices[0] ?? null;
    },
    staleTime: 5 * FRESH_MS,
    retry: false,
  };
}

/** The choice with exactly this value: the name behind an id. Null where the org has none that fits. */
export function useChoice(source: ChoiceSource, value: string, wanted: boolean) {
  const mayAsk = useMay("executions.run");
  return useQuery({ ...oneChoice(source, value), enabled: wanted && mayAsk && value !== "" }).data;
}

/** Keeps what is known of a choice, so that it need not be asked for. */
export function keepChoice(client: QueryClient, source: ChoiceSource, choice: LiveChoice): void {
  client.setQueryData(oneChoice(source, choice.value).queryKey, choice);
}

/**
 * Whether a value is surely none of a list's choices. Not sure while nothing can be chosen from the list at all: what it
 * depends on is still being typed.
 */
export async function isNoChoice(client: QueryClient, source: ChoiceSource, value: string): Promise<boolean> {
  const { alias, loaderId, options } = source;
  if (await client.fetchQuery(oneChoice(source, value))) return false;
  const page = await call(loadChoices, { params: { alias, loaderId }, query: { options } });
  return page.choices.length > 0;
}
