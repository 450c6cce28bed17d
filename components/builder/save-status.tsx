import { Button } from "@mantine/core";
import {
  IconAlertTriangle,
  IconCheck,
  IconCloudOff,
  IconEye,
  IconLoader2,
  IconPencil,
} from "@tabler/icons-react";
import type { SaveState } from "#lib/editor/autosave.ts";
import classes from "./builder.module.css";
import { useBuilder, useEditorState } from "./builder-context.ts";

const TEXTS: Record<SaveState["status"], { text: string; icon: typeof IconCheck; trouble?: true }> = {
  saved: { text: "Saved", icon: IconCheck },
  unsaved: { text: "Unsaved changes", icon: IconPencil },
  saving: { text: "Saving…", icon: IconLoader2 },
  retrying: { text: "Not saved, trying again", icon: IconCloudOff, trouble: true },
  refused: { text: "Not saved", icon: IconAlertTriangle, trouble: true },
  conflict: { text: "Not saved: changed elsewhere", icon: IconAlertTriangle, trouble: true },
};

const LOOK_ONLY = "You can look at this flow, not change it";

/** Whether what is on the screen is also on the server. */
export function SaveStatus() {
  const { readOnly } = useBuilder();
  const status = useEditorState((state) => state.save.status);
  if (readOnly) {
    return (
      <span className={classes.saveState} title={LOOK_ONLY}>
        <IconEye size={14} aria-hidden="true" />
        <span>{LOOK_ONLY}</span>
      </span>
    );
  }
  const { text, icon: Icon, trouble } = TEXTS[status];
  return (
    <span
      className={classes.saveState}
      data-trouble={trouble}
      role="status"
      aria-label="Save state"
      title={text}
    >
      <Icon size={14} aria-hidden="true" />
      <span>{text}</span>
    </span>
  );
}

/** Why edits are not saved, while that lasts. */
export function SaveBanner({ onDecide }: { onDecide: () => void }) {
  const { editor } = useBuilder();
  const save = useEditorState((state) => state.save);
  if (save.status === "conflict") {
    return (
      <div className={classes.banner} role="alert">
        This flow was saved elsewhere in the meantime. Nothing is saved from here until you decide which
        version stays.{" "}
        <Button size="compact-xs" variant="subtle" color="orange" onClick={onDecide}>
          Decide
        </Button>
      </div>
    );
  }
  if (save.status !== "retrying" && save.status !== "refused") return null;
  return (
    <div className={classes.banner} role="alert">
      {save.message} Your changes are kept in this tab; don't close it.{" "}
      <Button size="compact-xs" variant="subtle" color="orange" onClick={() => editor.autosave.flush()}>
        Try now
      </Button>
    </div>
  );
}
