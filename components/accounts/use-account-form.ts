"use client";

import { useState } from "react";
import { ApiError } from "#lib/api/client.ts";

export interface FormProblem {
  message: string;
  hint?: string;
  /** By field, for problems the API found in one. */
  fields: Record<string, string>;
}

/**
 * Sends a form that ends in another page. It stays busy after success, so that nothing is pressed twice on the way.
 * @param send sends it
 * @param next address to go to afterwards, by a full page load: the session's cookie is new
 */
export function useAccountForm(send: () => Promise<unknown>, next: string) {
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<FormProblem>();
  const submit = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(undefined);
    try {
      await send();
      window.location.assign(next);
    } catch (error) {
      setProblem(problemOf(error));
      setBusy(false);
    }
  };
  return { busy, problem, submit };
}

function problemOf(error: unknown): FormProblem {
  if (!(error instanceof ApiError)) return { message: "The form could not be sent. Try again.", fields: {} };
  const { message, hint, problems = [] } = error.body;
  const fields = Object.fromEntries(
    problems.map((problem) => [problem.path.replace(/^body\./, ""), problem.message]),
  );
  return { message, hint, fields };
}
