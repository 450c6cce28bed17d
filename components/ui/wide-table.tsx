import { Table } from "@mantine/core";
import type { ReactNode } from "react";

/**
 * Room for a table without a control in it: where it is wider than its place it scrolls sideways, by keyboard too. A table
 * with links or buttons is reached through those.
 */
export function WideTable(props: { label: string; minWidth: number; children: ReactNode }) {
  return (
    <Table.ScrollContainer
      minWidth={props.minWidth}
      scrollAreaProps={{
        type: "auto",
        viewportProps: { tabIndex: 0, role: "group", "aria-label": props.label },
      }}
    >
      {props.children}
    </Table.ScrollContainer>
  );
}
