"use client";

import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { ApiError } from "#lib/api/client.ts";
import { messageOf } from "./error-state.tsx";

/**
 * One thing a user does that changes something: shows what went wrong, with the hint, and asks every list again when
 * it went well. While it runs `isPending` is true, so that a double click does it once.
 */
export function useAction<Input, Answer>(settings: {
  run: (input: Input) => Promise<Answer>;
  /** Title of the notification when it fails: "The connection was not deleted". */
  failed: string;
  /** Message when it went well; none where the screen shows it. */
  done?: string | ((answer: Answer) => string);
  onDone?: (answer: Answer, input: Input) => void;
}) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: settings.run,
    onSuccess: async (answer: Answer, input: Input) => {
      const { done } = settings;
      const message = typeof done === "function" ? done(answer) : done;
      if (message) notifications.show({ message, color: "teal" });
      settings.onDone?.(answer, input);
      await queryClient.invalidateQueries();
    },
    onError: (error) => {
      const hint = error instanceof ApiError ? error.body.hint : undefined;
      notifications.show({
        color: "red",
        title: settings.failed,
        message: hint ? `${messageOf(error)} ${hint}` : messageOf(error),
        autoClose: 10_000,
      });
    },
  });
}
