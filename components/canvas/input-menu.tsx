import { Menu } from "@mantine/core";
import { conversionBetween } from "#lib/cards/conversion-note.ts";
import type { Field, Fields } from "#lib/cards/field.ts";
import { typeName } from "./type-name.ts";

/** The inputs of a card somebody dropped a line on, to choose the one it fills. */
export function InputMenu(props: {
  at: { x: number; y: number };
  title: string;
  inputs: Fields;
  /** The output that was drawn, where its type is known. */
  from: Field | undefined;
  onChoose: (path: string[]) => void;
  onClose: () => void;
}) {
  const { at, title, inputs, from, onChoose, onClose } = props;
  const choices = flattened(inputs, []);
  return (
    <Menu opened onClose={onClose} position="bottom-start" width={280} shadow="md" withinPortal>
      <Menu.Target>
        <span style={{ position: "fixed", left: at.x, top: at.y, width: 1, height: 1 }} />
      </Menu.Target>
      <Menu.Dropdown aria-label={`Inputs of ${title}`}>
        <Menu.Label>Map to an input of “{title}”</Menu.Label>
        {choices.length === 0 ? <Menu.Item disabled>This card has no inputs.</Menu.Item> : null}
        <div style={{ maxHeight: 320, overflowY: "auto" }}>
          {choices.map(({ path, labels, field }) => {
            const conversion = from ? conversionBetween(from, field) : undefined;
            return (
              <Menu.Item
                key={path.join("/")}
                disabled={conversion?.kind === "impossible"}
                title={conversion?.note}
                onClick={() => onChoose(path)}
                rightSection={
                  <span style={{ fontSize: 11, color: "var(--ink-soft)" }}>{typeName(field)}</span>
                }
              >
                {labels.join(" › ")}
              </Menu.Item>
            );
          })}
        </div>
      </Menu.Dropdown>
    </Menu>
  );
}

interface Choice {
  path: string[];
  labels: string[];
  field: Field;
}

function flattened(fields: Fields, above: Choice["path"], labels: string[] = []): Choice[] {
  return Object.entries(fields).flatMap(([key, field]) => {
    const here = { path: [...above, key], labels: [...labels, field.label], field };
    if (field.list || !field.fields) return [here];
    return [here, ...flattened(field.fields, here.path, here.labels)];
  });
}
