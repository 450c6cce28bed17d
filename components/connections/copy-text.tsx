"use client";

import { Button, Code, CopyButton, Group, Stack, Text } from "@mantine/core";

/** Something that is to be entered elsewhere, to the letter: shown, with a button that copies it. */
export function CopyText({ label, text, block = false }: { label: string; text: string; block?: boolean }) {
  return (
    <Stack gap={4} role="group" aria-label={label}>
      <Group justify="space-between" gap="xs">
        <Text size="sm" fw={500}>
          {label}
        </Text>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button size="compact-xs" variant="default" onClick={copy} aria-label={`Copy: ${label}`}>
              {copied ? "Copied" : "Copy"}
            </Button>
          )}
        </CopyButton>
      </Group>
      <Code block={block} tabIndex={block ? 0 : undefined} style={{ overflowWrap: "anywhere" }}>
        {text}
      </Code>
    </Stack>
  );
}
