import { Text } from "@mantine/core";
import { useMemo } from "react";
import classes from "./builder.module.css";
import { useBuilder, useEditorState } from "./builder-context.ts";
import { outlineRows } from "./outline-rows.ts";

const KIND_NAMES: Record<string, string> = {
  event: "Event",
  action: "Action",
  function: "Function",
  control: "Control",
  note: "Note",
  unknown: "Unknown card",
};

/** The same flow as a list, in the order cards can run: for reading, for screen readers, for the keyboard. */
export function Outline({ onOpen }: { onOpen: () => void }) {
  const { editor } = useBuilder();
  const document = useEditorState((state) => state.document);
  const issues = useEditorState((state) => state.issues);
  const selected = useEditorState((state) => state.selection.cards);
  const rows = useMemo(
    () => outlineRows(document, editor.catalogue, issues),
    [document, editor.catalogue, issues],
  );
  return (
    <div className={classes.outline}>
      {rows.length === 0 ? (
        <Text ta="center" c="dimmed" mt={60}>
          This flow has no cards yet. Add an event from the palette: it starts the flow.
        </Text>
      ) : null}
      <ol className={classes.outlineList} aria-label={`Cards of ${document.name}`}>
        {rows.map((row) => (
          <li key={row.id}>
            <button
              type="button"
              className={classes.outlineCard}
              aria-current={selected.includes(row.id)}
              onClick={() => {
                editor.select({ cards: [row.id] });
                onOpen();
              }}
            >
              <span className={classes.outlineTitle}>{row.title}</span>{" "}
              <span className={classes.outlineDetail}>
                {[KIND_NAMES[row.kind], row.type].filter(Boolean).join(" · ")}
              </span>
              {row.text ? <div className={classes.outlineDetail}>{row.text}</div> : null}
              {row.before.length > 0 ? (
                <div className={classes.outlineDetail}>Runs {row.before.join(", or ")}</div>
              ) : null}
              {row.after.length > 0 ? (
                <div className={classes.outlineDetail}>Then {row.after.join("; ")}</div>
              ) : null}
              {row.issues.map((issue) => (
                <div key={issue.code + issue.message} className={classes.problemText}>
                  {issue.severity === "error" ? "Problem: " : "Warning: "}
                  {issue.message}
                </div>
              ))}
            </button>
          </li>
        ))}
      </ol>
    </div>
  );
}
