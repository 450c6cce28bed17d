import { ActionIcon, ScrollArea, Tabs, Tooltip } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useRef, useState } from "react";
import { useMay } from "#components/accounts/may.tsx";
import { CardIcon } from "#components/canvas/card-icon.tsx";
import { cardTitle } from "#lib/cards/card-title.ts";
import { NOTHING_SELECTED } from "#lib/editor/editor-store.ts";
import classes from "./builder.module.css";
import { useBuilder, useEditorState } from "./builder-context.ts";
import { CardSetup } from "./card-setup.tsx";
import { CardTitleInput } from "./card-title-input.tsx";
import { TestTab } from "./lazy-parts.tsx";

/** The selected card: set it up, or test it alone. */
export function Inspector({
  cardId,
  focusField,
}: {
  cardId: string;
  /** A field to bring into view and to focus; an empty path means the first one. `at` tells requests apart. */
  focusField: { path: readonly string[]; at: number } | undefined;
}) {
  const { editor, canvas } = useBuilder();
  const mayTest = useMay("executions.run");
  const node = useEditorState((state) => state.document.cards[cardId]);
  const [tab, setTab] = useState<string | null>("setup");
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!focusField || Date.now() - focusField.at > 2000) return;
    setTab("setup");
    // The tab's content is there after the next frame.
    const frame = requestAnimationFrame(() => focusOn(body.current, focusField.path));
    return () => cancelAnimationFrame(frame);
  }, [focusField]);
  if (!node) return null;
  const description = editor.catalogue.card(node.card);
  const isNote = description?.kind === "note";
  return (
    <aside
      className={classes.inspector}
      aria-label={`Card ${cardTitle(node, description)}`}
      data-edits-document
      onBlur={editor.seal}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || event.defaultPrevented) return;
        // Else the canvas hears it too, and selects nothing: the card could not keep the focus.
        event.preventDefault();
        canvas()?.show(cardId);
      }}
    >
      <div className={classes.inspectorHead}>
        <span className={`${classes.itemIcon} ${classes.kind}`} data-kind={description?.kind}>
          <CardIcon card={description} size={15} />
        </span>
        <CardTitleInput cardId={cardId} node={node} description={description} />
        <Tooltip label="Close">
          <ActionIcon
            variant="subtle"
            color="gray"
            aria-label="Close card"
            onClick={() => editor.select(NOTHING_SELECTED)}
          >
            <IconX size={16} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
      </div>
      <Tabs value={tab} onChange={setTab} keepMounted={false} style={{ display: "contents" }}>
        <Tabs.List px={14}>
          <Tabs.Tab value="setup">Setup</Tabs.Tab>
          {isNote || !description || !mayTest ? null : <Tabs.Tab value="test">Test</Tabs.Tab>}
        </Tabs.List>
        <ScrollArea flex={1} type="hover" scrollbarSize={8} ref={body} viewportProps={{ tabIndex: -1 }}>
          <Tabs.Panel value="setup">
            <CardSetup cardId={cardId} node={node} description={description} />
          </Tabs.Panel>
          {description ? (
            <Tabs.Panel value="test">
              <TestTab key={cardId} cardId={cardId} node={node} description={description} />
            </Tabs.Panel>
          ) : null}
        </ScrollArea>
      </Tabs>
    </aside>
  );
}

/** Focuses the control of a field; where it has none of its own (in a list), that of the nearest field around it. */
function focusOn(body: HTMLElement | null, path: readonly string[]): void {
  for (let length = path.length; length >= 0; length--) {
    const selector =
      length === 0 ? "[data-field]" : `[data-field="${CSS.escape(path.slice(0, length).join("/"))}"]`;
    const field = body?.querySelector<HTMLElement>(selector);
    if (!field) continue;
    field.scrollIntoView({ block: "center" });
    field.querySelector<HTMLElement>("textarea, input, [role=group] button")?.focus();
    return;
  }
}
