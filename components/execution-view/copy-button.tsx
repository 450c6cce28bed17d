"use client";

import { ActionIcon, Tooltip } from "@mantine/core";
import { useClipboard } from "@mantine/hooks";
import { IconCheck, IconCopy } from "@tabler/icons-react";

/** Copies a text. `what` completes "Copy …". */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const { copy, copied } = useClipboard({ timeout: 1_500 });
  return (
    <Tooltip label={copied ? "Copied" : `Copy ${what}`}>
      <ActionIcon
        variant="subtle"
        color={copied ? "teal" : "gray"}
        size={24}
        aria-label={`Copy ${what}`}
        onClick={() => copy(text)}
      >
        {copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
      </ActionIcon>
    </Tooltip>
  );
}
