import { ActionIcon, Button, Tooltip } from "@mantine/core";
import {
  IconArrowBackUp,
  IconArrowForwardUp,
  IconArrowLeft,
  IconKeyboard,
  IconListTree,
  IconPlayerPlay,
  IconVectorBezier2,
} from "@tabler/icons-react";
import Link from "next/link";
import { type ReactNode, useState } from "react";
import { May } from "#components/accounts/may.tsx";
import { canPublish } from "#lib/cards/validate.ts";
import classes from "./builder.module.css";
import { useBuilder, useEditorState } from "./builder-context.ts";
import { FlowMenu } from "./flow-menu.tsx";
import { FlowName } from "./flow-name.tsx";
import { PublishDialog, TestFlowDialog, VersionsDrawer } from "./lazy-parts.tsx";
import { OnSwitch } from "./on-switch.tsx";
import { Problems } from "./problems.tsx";
import { SaveBanner, SaveStatus } from "./save-status.tsx";

type Open = "publish" | "publish-and-on" | "test" | "versions";

/** Name, save state, undo, problems, and what can be done with the flow as a whole. */
export function TopBar(props: {
  view: "canvas" | "outline";
  onView: (view: "canvas" | "outline") => void;
  onHelp: () => void;
  /** Asks again about a conflict that was to be decided later. */
  onDecide: () => void;
}) {
  const { flow, readOnly } = useBuilder();
  const [open, setOpen] = useState<Open>();
  const publishable = useEditorState((state) => canPublish(state.issues));
  const saved = useEditorState((state) => state.save.status === "saved");
  const nothingNew = saved && flow.liveVersion !== null && !flow.unpublishedChanges;
  const reason = publishable
    ? nothingNew
      ? `Version ${flow.liveVersion} has everything that is here.`
      : undefined
    : "Solve the problems first; they are listed beside.";
  const close = () => setOpen(undefined);
  return (
    <>
      <header className={classes.topBar}>
        <Tooltip label="All flows">
          <ActionIcon component={Link} href="/flows" variant="subtle" color="gray" aria-label="All flows">
            <IconArrowLeft size={17} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
        <FlowName />
        <SaveStatus />
        <span className={classes.spacer} />
        {readOnly ? null : <History />}
        {/* biome-ignore lint/a11y/useSemanticElements: a fieldset belongs to a form */}
        <div role="group" aria-label="View" className={classes.views}>
          <ViewButton
            label="Canvas view"
            icon={<IconVectorBezier2 size={16} aria-hidden="true" />}
            pressed={props.view === "canvas"}
            onClick={() => props.onView("canvas")}
          />
          <ViewButton
            label="Outline view"
            icon={<IconListTree size={16} aria-hidden="true" />}
            pressed={props.view === "outline"}
            onClick={() => props.onView("outline")}
          />
        </div>
        <Tooltip label="Keyboard shortcuts (?)">
          <ActionIcon variant="subtle" color="gray" aria-label="Keyboard shortcuts" onClick={props.onHelp}>
            <IconKeyboard size={17} aria-hidden="true" />
          </ActionIcon>
        </Tooltip>
        <Problems />
        <May permission="executions.run">
          <Button
            size="xs"
            variant="default"
            leftSection={<IconPlayerPlay size={14} aria-hidden="true" />}
            onClick={() => setOpen("test")}
          >
            Test flow
          </Button>
        </May>
        <May permission="flows.publish">
          <Tooltip label={reason} disabled={!reason}>
            <Button
              size="xs"
              // Stays reachable, so that the reason can be read with the keyboard too.
              data-disabled={reason ? true : undefined}
              aria-disabled={reason ? true : undefined}
              onClick={(event) => {
                if (reason) event.preventDefault();
                else setOpen("publish");
              }}
            >
              Publish
            </Button>
          </Tooltip>
        </May>
        <OnSwitch onPublishFirst={() => setOpen("publish-and-on")} />
        <FlowMenu onVersions={() => setOpen("versions")} />
      </header>
      <SaveBanner onDecide={props.onDecide} />
      {open === "publish" || open === "publish-and-on" ? (
        <PublishDialog turnOn={open === "publish-and-on"} onClose={close} />
      ) : null}
      {open === "test" ? <TestFlowDialog onClose={close} /> : null}
      {open === "versions" ? <VersionsDrawer onClose={close} /> : null}
    </>
  );
}

function History() {
  const { editor } = useBuilder();
  const canUndo = useEditorState((state) => state.history.past.length > 0);
  const canRedo = useEditorState((state) => state.history.future.length > 0);
  return (
    <>
      <Tooltip label="Undo (⌘Z or Ctrl+Z)">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Undo"
          bg="transparent"
          disabled={!canUndo}
          onClick={editor.undo}
        >
          <IconArrowBackUp size={17} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
      <Tooltip label="Redo (⇧⌘Z or Ctrl+Y)">
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label="Redo"
          bg="transparent"
          disabled={!canRedo}
          onClick={editor.redo}
        >
          <IconArrowForwardUp size={17} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
    </>
  );
}

function ViewButton(props: { label: string; icon: ReactNode; pressed: boolean; onClick: () => void }) {
  const { label, icon, pressed, onClick } = props;
  return (
    <Tooltip label={label}>
      <ActionIcon
        variant={pressed ? "light" : "subtle"}
        color={pressed ? undefined : "gray"}
        aria-label={label}
        aria-pressed={pressed}
        onClick={onClick}
      >
        {icon}
      </ActionIcon>
    </Tooltip>
  );
}
