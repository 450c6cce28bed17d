"use client";

import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import { ApiError, queryKey } from "#lib/api/client.ts";
import { getMe } from "#lib/api/settings.ts";
import { theme } from "./theme.ts";

/** What every client component may rely on: theme, notifications, and one cache of API answers. */
export function Providers({ children, nonce }: { children: ReactNode; nonce?: string }) {
  const [queryClient] = useState(createQueryClient);
  // Dialogs lock scrolling with a style element of their own, which takes its nonce from here (package get-nonce).
  if (typeof window !== "undefined") Object.assign(window, { __webpack_nonce__: nonce });
  return (
    <MantineProvider theme={theme} defaultColorScheme="auto" getStyleNonce={() => nonce ?? ""}>
      <Notifications position="bottom-right" />
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </MantineProvider>
  );
}

function createQueryClient(): QueryClient {
  // What is not allowed any more is not to be offered any more: the account's rights may have changed since the page came.
  const onError = (error: unknown) => {
    if (error instanceof ApiError && error.body.code === "forbidden") {
      void client.invalidateQueries({ queryKey: queryKey(getMe) });
    }
  };
  const client = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // Asking again helps when the console is restarting, not when it said no.
        retry: (failures, error) =>
          failures < 3 &&
          (!(error instanceof ApiError) || ["unavailable", "internal"].includes(error.body.code)),
      },
    },
  });
  return client;
}
