import { Spoiler } from "@mantine/core";
import type { ReactNode } from "react";
import classes from "./builder.module.css";

/** A card's help. It is ours, written in the little of Markdown shown here: paragraphs, lists, *emphasis*, `code`. */
export function CardHelp({ markdown }: { markdown: string }) {
  const blocks = markdown.split(/\n{2,}/);
  return (
    <Spoiler maxHeight={40} showLabel="More" hideLabel="Less" mt={6} styles={{ control: { fontSize: 12 } }}>
      <div className={classes.summary}>
        {blocks.map((block) =>
          block.startsWith("- ") ? (
            <ul key={block} style={{ margin: "4px 0", paddingInlineStart: 18 }}>
              {block
                .split(/\n- |^- /)
                .filter(Boolean)
                .map((item) => (
                  <li key={item}>{inline(item)}</li>
                ))}
            </ul>
          ) : (
            <p key={block} style={{ margin: "4px 0" }}>
              {inline(block)}
            </p>
          ),
        )}
      </div>
    </Spoiler>
  );
}

function inline(text: string): ReactNode[] {
  return text.split(/(\*\*[^*]+\*\*|\*[^*]+\*|`[^`]+`)/).map((part, index) => {
    const key = `${index}${part}`;
    if (part.startsWith("**")) return <strong key={key}>{part.slice(2, -2)}</strong>;
    if (part.startsWith("*") && part.length > 2) return <em key={key}>{part.slice(1, -1)}</em>;
    if (part.startsWith("`") && part.length > 2) return <code key={key}>{part.slice(1, -1)}</code>;
    return part;
  });
}
