"use client";

import { ErrorState } from "#components/feedback/error-state.tsx";
import { Page } from "#components/ui/page-header.tsx";

/** A page that could not be rendered. The details are in the server's log under the digest. */
export default function ErrorPage({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  const named = error.digest ? `The console's log has the details under ${error.digest}.` : error.message;
  return (
    <Page>
      <ErrorState error={new Error(named)} what="This page" onRetry={reset} />
    </Page>
  );
}
