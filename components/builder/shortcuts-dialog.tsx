import { Kbd, Table } from "@mantine/core";
import { Fragment } from "react";
import { Dialog } from "#components/ui/dialog.tsx";

const KEYS: [keys: string[][], does: string][] = [
  [[["←"], ["→"], ["↑"], ["↓"]], "Select the card along a line, or the next one on that side"],
  [[["Enter"]], "Edit the selected card"],
  [[["Delete"]], "Remove what is selected"],
  [[["⌘ / Ctrl", "Z"]], "Undo"],
  [[["⇧", "⌘ / Ctrl", "Z"]], "Redo"],
  [
    [
      ["⌘ / Ctrl", "C"],
      ["⌘ / Ctrl", "X"],
      ["⌘ / Ctrl", "V"],
    ],
    "Copy, cut, paste cards, also into another flow",
  ],
  [[["⌘ / Ctrl", "D"]], "Duplicate"],
  [[["⌘ / Ctrl", "A"]], "Select all cards"],
  [[["Esc"]], "Select nothing"],
  [[["/"]], "Search cards; Enter adds the first one after the selected card"],
  [[["?"]], "This list"],
];

/** The builder's keys. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  return (
    <Dialog onClose={onClose} title="Keyboard shortcuts" size="lg">
      <Table verticalSpacing={6}>
        <Table.Tbody>
          {KEYS.map(([keys, does]) => (
            <Table.Tr key={does}>
              <Table.Td style={{ whiteSpace: "nowrap" }}>
                {keys.map((combination, index) => (
                  <Fragment key={combination.join("+")}>
                    {index > 0 ? " " : null}
                    {combination.map((key) => (
                      <Kbd key={key} size="xs" mr={2}>
                        {key}
                      </Kbd>
                    ))}
                  </Fragment>
                ))}
              </Table.Td>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Dialog>
  );
}
