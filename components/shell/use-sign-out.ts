import { notifications } from "@mantine/notifications";
import { useQueryClient } from "@tanstack/react-query";
import { forgetDraft } from "#components/run-by-hand/kept-draft.ts";

/** Signs out and leaves by a full page load, so that nothing of the account stays in memory. */
export function useSignOut(): () => Promise<void> {
  const queryClient = useQueryClient();
  return async () => {
    const response = await fetch("/api/auth/sign-out", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: "{}",
    }).catch(() => undefined);
    if (!response?.ok) {
      notifications.show({
        color: "red",
        title: "Not signed out",
        message: "The console could not be reached. Try again.",
      });
      return;
    }
    queryClient.clear();
    forgetDraft();
    window.location.assign("/sign-in");
  };
}
