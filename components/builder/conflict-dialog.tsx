import { Button, Group, Stack, Text } from "@mantine/core";
import { useRouter } from "next/navigation";
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

/** Somebody saved in between: what they changed against this draft, and the three ways out. None loses edits unasked. */
export function ConflictDialog({ theirs }: { theirs: TheirDraft }) {
  const { editor } = useBuilder();
  const router = useRouter();
  const mine = useEditorState((state) => state.document);
  const { catalogue } = editor;
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
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      size="lg"
      title={`${theirs.updatedBy} saved this flow while you were editing it`}
    >
      <Stack gap="sm">
        <Text size="sm">
          Their version is from <Instant at={theirs.updatedAt} />. Compared with yours:
        </Text>
        <ul className={classes.changes} style={{ maxHeight: 260, overflow: "auto" }}>
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
          {changes.length === 0 ? <li>Only places on the canvas differ.</li> : null}
        </ul>
        <Group justify="flex-end">
          <Button variant="default" loading={copyMine.isPending} onClick={() => copyMine.mutate(undefined)}>
            Copy mine as a new flow
          </Button>
          <Button variant="default" onClick={takeTheirs}>
            Take theirs
          </Button>
          <Button onClick={() => editor.autosave.overwrite()}>Keep mine (save over)</Button>
        </Group>
      </Stack>
    </Dialog>
  );
}
