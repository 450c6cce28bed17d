import { Badge, Button, Drawer, Group, Loader, Stack, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { May } from "#components/accounts/may.tsx";
import { FlowCanvas } from "#components/canvas/flow-canvas.tsx";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Instant } from "#components/ui/instant.tsx";
import { ListEnd } from "#components/ui/list-end.tsx";
import { call } from "#lib/api/client.ts";
import { getVersion, listVersions, restoreVersion, type VersionView } from "#lib/api/flows.ts";
import { NOTHING_SELECTED, type Selection } from "#lib/editor/editor-store.ts";
import { useBuilder } from "./builder-context.ts";

/** A flow that is worked on daily has hundreds of versions; those far down are drawn once somebody comes near them. */
const AT_ONCE = 50;

/** Every version ever published: to look at, and to make the draft again. */
export function VersionsDrawer({ onClose }: { onClose: () => void }) {
  const { editor, flow, setFlow, settle, say } = useBuilder();
  const [viewed, setViewed] = useState<number>();
  const [shown, setShown] = useState(AT_ONCE);
  const versions = useQuery({
    queryKey: ["versions", flow.id, flow.liveVersion],
    queryFn: ({ signal }) => call(listVersions, { params: { id: flow.id }, signal }),
    staleTime: 0,
  });
  const all = versions.data?.versions ?? [];
  const restore = useAction({
    run: async (number: number) => {
      if (!(await settle())) throw new Error("The last changes are not saved yet.");
      return call(restoreVersion, {
        params: { id: flow.id, number },
        body: { revision: editor.autosave.revision() },
      });
    },
    failed: "The version was not restored",
    onDone: (restored, number) => {
      editor.adopt({ revision: restored.revision, document: restored.document });
      setFlow(restored);
      say(`Version ${number} is the draft again. Undo brings back what was here.`, "done");
      onClose();
    },
  });
  return (
    <Drawer
      opened
      onClose={onClose}
      // Escape closes the version that lies over it first.
      closeOnEscape={viewed === undefined}
      position="right"
      size="md"
      title="Versions"
    >
      <Stack gap="sm">
        {versions.isPending ? <Loader size="sm" aria-label="Loading versions" /> : null}
        {versions.error && !versions.data ? (
          <ErrorState error={versions.error} what="The versions" onRetry={() => void versions.refetch()} />
        ) : null}
        {versions.data?.versions.length === 0 ? (
          <Text size="sm" c="dimmed">
            Nothing is published yet. Each time you publish, the flow as it is then is kept here for good.
          </Text>
        ) : null}
        {all.slice(0, shown).map((version) => (
          <VersionRow
            key={version.number}
            version={version}
            busy={restore.isPending}
            onView={() => setViewed(version.number)}
            onRestore={() => restore.mutate(version.number)}
          />
        ))}
        {shown < all.length ? (
          <ListEnd key={shown} within="page" onNear={() => setShown(shown + AT_ONCE)} />
        ) : null}
      </Stack>
      {viewed === undefined ? null : <VersionDialog number={viewed} onClose={() => setViewed(undefined)} />}
    </Drawer>
  );
}

function VersionRow(props: {
  version: VersionView;
  busy: boolean;
  onView: () => void;
  onRestore: () => void;
}) {
  const { version, busy } = props;
  return (
    <div style={{ borderBottom: "1px solid var(--line)", paddingBottom: 10 }}>
      <Group gap={8}>
        <Text fw={600} size="sm">
          Version {version.number}
        </Text>
        {version.live ? (
          <Badge size="sm" color="teal" variant="light" tt="none">
            Live
          </Badge>
        ) : null}
      </Group>
      <Text size="xs" c="dimmed">
        {version.createdBy} · <Instant at={version.createdAt} />
      </Text>
      {version.note ? (
        <Text size="sm" mt={4} style={{ overflowWrap: "anywhere" }}>
          {version.note}
        </Text>
      ) : null}
      <Group gap={6} mt={6}>
        <Button
          size="compact-xs"
          variant="default"
          aria-label={`View version ${version.number}`}
          onClick={props.onView}
        >
          View
        </Button>
        <May permission="flows.write">
          <Button
            size="compact-xs"
            variant="default"
            aria-label={`Restore version ${version.number}`}
            disabled={busy}
            onClick={props.onRestore}
          >
            Restore as draft
          </Button>
        </May>
      </Group>
    </div>
  );
}

function VersionDialog({ number, onClose }: { number: number; onClose: () => void }) {
  const { editor, flow } = useBuilder();
  const [selection, setSelection] = useState<Selection>(NOTHING_SELECTED);
  const version = useQuery({
    queryKey: ["version", flow.id, number],
    queryFn: ({ signal }) => call(getVersion, { params: { id: flow.id, number }, signal }),
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <Dialog onClose={onClose} size="90%" title={`Version ${number}, as it was published`}>
      <div style={{ height: "75vh" }}>
        {version.data ? (
          <FlowCanvas
            readOnly
            document={version.data.document}
            catalogue={editor.catalogue}
            selection={selection}
            onSelect={setSelection}
            label={`Version ${number}`}
          />
        ) : version.error ? (
          <ErrorState error={version.error} what="The version" onRetry={() => void version.refetch()} />
        ) : (
          <Loader size="sm" aria-label="Loading the version" />
        )}
      </div>
    </Dialog>
  );
}
