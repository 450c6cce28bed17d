import { TextInput } from "@mantine/core";
import { useState } from "react";
import classes from "./builder.module.css";
import { useBuilder, useEditorState } from "./builder-context.ts";

/** The flow's name, changed in place. An empty name is not taken over. */
export function FlowName() {
  const { editor, readOnly } = useBuilder();
  const name = useEditorState((state) => state.document.name);
  const [draft, setDraft] = useState<string>();
  const finish = () => {
    const next = draft?.trim().slice(0, 200);
    if (next && next !== name) editor.edit({ op: "rename", name: next });
    setDraft(undefined);
  };
  if (readOnly) {
    return (
      <h1 className={classes.name} style={{ margin: 0, minWidth: 0 }} title={name} data-read-only>
        {name}
      </h1>
    );
  }
  if (draft === undefined) {
    return (
      <h1 style={{ margin: 0, minWidth: 0, display: "flex" }}>
        <button
          type="button"
          className={classes.name}
          title={`${name} (click to rename)`}
          aria-label={`Rename flow ${name}`}
          onClick={() => setDraft(name)}
        >
          {name}
        </button>
      </h1>
    );
  }
  return (
    <TextInput
      size="xs"
      w={280}
      aria-label="Flow name"
      autoFocus
      maxLength={200}
      value={draft}
      onChange={(event) => setDraft(event.target.value)}
      onFocus={(event) => event.target.select()}
      onBlur={finish}
      onKeyDown={(event) => {
        if (event.key === "Enter") finish();
        if (event.key === "Escape") setDraft(undefined);
      }}
    />
  );
}
