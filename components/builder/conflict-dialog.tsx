import { Button, Group, Stack, Text } from "@mantine/core";
import { useRouter } from "next/navigation";
import { useMe } from "#components/accounts/may.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { Dialog } from "#components/ui/dialog.tsx";
import { Instant } from "#components/ui/instant.tsx";
import { call } from "#lib/api/client.ts";
import { createFlow } from "#lib/api/flows.ts";
import { cardTitle } from "#lib/cards/card-title.ts";
import { effectiveFields, fieldAt } from "#lib/cards/effective-fields.ts";
import type { TheirDraft } from "#lib/editor/autosave.ts";
import { describeChange } from "#lib/flow/describe-change.ts";
import { diffDocuments } from "#lib/flow/diff.ts";
import classes from "./builder.module.css";
import { useBuilder, useEditorState } from "./builder-context.ts";

/**
 * The flow was saved elsewhere in between, by somebody else or in another tab: what differs from this draft, and the ways
 * out. None loses edits unasked, and to look at the flow first is one of them.
 */
export function ConflictDialog({ theirs, onLater }: { theirs: TheirDraft; onLater: () => void }) {
  const { editor } = useBuilder();
  const router = useRouter();
  const mine = useEditorState((state) => state.document);
  const { catalogue } = editor;
  const me = useMe();
  const isMine = me?.name === theirs.updatedBy;
  const titleOf = (id: string) => {
    const node = theirs.document.cards[id] ?? mine.cards[id];
    return node ? cardTitle(node, catalogue.card(node.card)) : id;
  };
  const changes = diffDocuments(mine, theirs.document).map((change) =>
    describeChange(change, titleOf, (id, path) => {
      const node = theirs.document.cards[id] ?? mine.cards[id];
      const description = node && catalogue.card(node.card);
      return node && description ? fieldAt(effectiveFields(description, node).inputs, path) : undefined;
    }),
  );
  const takeTheirs = () => editor.adopt(theirs);
  const copyMine = useAction({
    run: () =>
      call(createFlow, { body: { document: { ...mine, name: `${mine.name} (my changes)`.slice(0, 200) } } }),
    failed: "Your version was not copied",
    onDone: (copy) => {
      takeTheirs();
      router.push(`/flows/${copy.id}`);
    },
  });
  return (
    <Dialog
      onClose={onLater}
      closeOnClickOutside={false}
      size="xl"
      title={
        isMine
          ? "You saved this flow in another tab"
          : `${theirs.updatedBy} saved this flow while you were editing it`
      }
    >
      <Stack gap="sm">
        <Text size="sm">
          What was saved there, <Instant at={theirs.updatedAt} />, compared with what you see here:
        </Text>
        <ul className={classes.changes} style={{ maxHeight: 260, overflow: "auto" }}>
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
          {changes.length === 0 ? <li>Only places on the canvas differ.</li> : null}
        </ul>
        <Text size="sm" c="dimmed">
          Until you decide, nothing is saved from here. Taking the saved version can be undone.
        </Text>
        <Group justify="flex-end" gap="xs" wrap="nowrap" style={{ overflowX: "auto" }}>
          <Button variant="subtle" color="gray" mr="auto" onClick={onLater}>
            Look first
          </Button>
          <Button variant="default" onClick={() => editor.autosave.overwrite()}>
            Keep mine (save over)
          </Button>
          <Button variant="default" onClick={takeTheirs}>
            Take the saved version
          </Button>
          {/* The one way out on which nobody loses anything. */}
          <Button loading={copyMine.isPending} onClick={() => copyMine.mutate(undefined)}>
            Copy mine as a new flow
          </Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
