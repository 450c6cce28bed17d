"use client";

import { notifications } from "@mantine/notifications";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { ApiError } from "#lib/api/client.ts";
import { messageOf } from "./error-state.tsx";

/** Two clicks closer than this are one. */
const DOUBLE_CLICK_MS = 400;

/**
 * One thing a user does that changes something: shows what went wrong, with the hint, and asks every list again when
 * it went well. A double click does it once: calls are ignored while one is under way and for a moment after it went
 * well. `isPending` alone is too late for that; two clicks come before React has rendered it.
 */
export function useAction<Input, Answer>(settings: {
  run: (input: Input) => Promise<Answer>;
  /** Title of the notification when it fails: "The connection was not deleted"; none where the screen shows it. */
  failed?: string | ((error: Error) => string);
  /** Message when it went well; none where the screen shows it. */
  done?: string | ((answer: Answer, input: Input) => string);
  onDone?: (answer: Answer, input: Input) => void;
}) {
  const queryClient = useQueryClient();
  const freeAt = useRef(0);
  const told = useRef<string>(undefined);
  const action = useMutation({
    mutationFn: settings.run,
    onSuccess: async (answer: Answer, input: Input) => {
      // What went wrong before is no news any more beside what went well.
      if (told.current !== undefined) notifications.hide(told.current);
      const { done } = settings;
      const message = typeof done === "function" ? done(answer, input) : done;
      if (message) notifications.show({ message, color: "teal" });
      settings.onDone?.(answer, input);
      await queryClient.invalidateQueries();
    },
    onError: (error) => {
      // It was done to something that is not as it is shown any more.
      // Or it may have been done although it failed.
      if (error instanceof ApiError && (error.body.code === "conflict" || error.body.inDoubt))
        void queryClient.invalidateQueries();
      const { failed } = settings;
      if (failed === undefined) return;
      const hint = error instanceof ApiError ? error.body.hint : undefined;
      told.current = notifications.show({
        color: "red",
        title: typeof failed === "function" ? failed(error) : failed,
        message: hint ? `${messageOf(error)} ${hint}` : messageOf(error),
        autoClose: 10_000,
      });
    },
    onSettled: (_answer, error) => {
      freeAt.current = error ? 0 : performance.now() + DOUBLE_CLICK_MS;
    },
  });
  const mutate = (input: Input) => {
    if (performance.now() < freeAt.current) return;
    freeAt.current = Number.POSITIVE_INFINITY;
    action.mutate(input);
  };
  return { ...action, mutate };
}
