import { Alert } from "@mantine/core";
import type { FormProblem } from "./use-account-form.ts";

/** Why a form was refused. */
export function FormProblemAlert({ problem }: { problem: FormProblem | undefined }) {
  if (!problem) return null;
  return (
    <Alert color="red" variant="light" title={problem.message} role="alert">
      {problem.hint}
    </Alert>
  );
}
