import { Alert, Loader, Stack, Text, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { DialogButtons } from "#components/ui/dialog-buttons.tsx";
import { call } from "#lib/api/client.ts";
import { changesOfFlow, publishFlow, turnFlowOn } from "#lib/api/flows.ts";
import { canPublish } from "#lib/cards/validate.ts";
import classes from "./builder.module.css";
import { useBuilder, useEditorState } from "./builder-context.ts";

/** Shows what publishing changes, card by card, and who saved it last; then makes the draft the live version. */
export function PublishDialog({ turnOn, onClose }: { turnOn: boolean; onClose: () => void }) {
  const { editor, flow, setFlow, settle } = useBuilder();
  const publishable = useEditorState((state) => canPublish(state.issues));
  const [note, setNote] = useState("");
  const [ready, setReady] = useState(false);
  useEffect(() => {
    settle().then((saved) => (saved ? setReady(true) : onClose()));
  }, [settle, onClose]);
  const changes = useQuery({
    queryKey: ["changes", flow.id, editor.autosave.revision()],
    queryFn: ({ signal }) => call(changesOfFlow, { params: { id: flow.id }, signal }),
    enabled: ready,
    staleTime: 0,
  });
  const publish = useAction({
    run: async () => {
      const published = await call(publishFlow, {
        params: { id: flow.id },
        body: { revision: editor.autosave.revision(), ...(note.trim() ? { note: note.trim() } : {}) },
      });
      setFlow(published);
      return turnOn ? call(turnFlowOn, { params: { id: flow.id } }) : published;
    },
    failed: "The flow was not published",
    done: (after) =>
      after.on
        ? `Version ${after.liveVersion} is live.`
        : `Version ${after.liveVersion} is published. Turn the flow on to run it.`,
    onDone: (after) => {
      setFlow(after);
      onClose();
    },
  });
  const count = changes.data?.changes.length;
  return (
    <Dialog
      onClose={onClose}
      size="lg"
      title={turnOn ? "Publish this flow and turn it on" : "Publish this flow"}
    >
      <Stack gap="sm">
        {!publishable ? <Alert color="red">The flow has problems. Solve them, then publish it.</Alert> : null}
        {flow.on ? <Text size="sm">The flow is on: the new version runs from the next event on.</Text> : null}
        {changes.error && !changes.data ? (
          <ErrorState error={changes.error} what="What has changed" onRetry={() => void changes.refetch()} />
        ) : null}
        {changes.isPending ? <Loader size="sm" aria-label="Comparing with the live version" /> : null}
        {changes.data?.notices.map((notice) => (
          <Alert key={notice} color="orange" role="status">
            {notice}
          </Alert>
        ))}
        {changes.data ? (
          <div>
            <h3 className={classes.sectionTitle}>
              {flow.liveVersion === null
                ? "First version"
                : `${count} ${count === 1 ? "change" : "changes"} since version ${flow.liveVersion}`}
            </h3>
            <ul className={classes.changes} style={{ maxHeight: 300, overflow: "auto" }}>
              {changes.data.changes.map((change) => (
                <li key={`${change.kind}/${change.card}/${change.text}`}>{change.text}</li>
              ))}
              {count === 0 ? <li>Nothing differs from the live version.</li> : null}
            </ul>
            <Text size="xs" c="dimmed" mt={6}>
              Last saved by {changes.data.lastSavedBy}.
            </Text>
          </div>
        ) : null}
        <Textarea
          label="Note"
          description={`What this version is for, for whoever reads the list of versions. Can be left empty. ${note.length.toLocaleString("en")} of 1,000 characters.`}
          maxLength={1000}
          autosize
          minRows={2}
          value={note}
          onChange={(event) => setNote(event.target.value)}
        />
        <DialogButtons
          confirm={turnOn ? "Publish and turn on" : "Publish version"}
          busy={publish.isPending}
          disabled={!publishable || !changes.data}
          onCancel={onClose}
          onConfirm={() => publish.mutate(undefined)}
        />
      </Stack>
    </Dialog>
  );
}
