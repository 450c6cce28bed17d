"use client";

import { Drawer, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { CopyButton } from "#components/execution-view/copy-button.tsx";
import { JsonCode } from "#components/execution-view/json-code.tsx";
import type { JsonObject } from "#lib/flow/json.ts";

/** JSON beside the list it was opened from, with what is known of it above. */
export function JsonDrawer(props: {
  title: string;
  /** What the JSON is: names the box it stands in. */
  what: string;
  json: JsonObject | undefined;
  onClose: () => void;
  children?: ReactNode;
}) {
  const text = props.json === undefined ? undefined : JSON.stringify(props.json, null, 2);
  return (
    <Drawer opened onClose={props.onClose} position="right" size={620} title={props.title}>
      {props.children}
      {text === undefined ? (
        <Text size="sm" c="dimmed" role="status">
          Loading
        </Text>
      ) : (
        <>
          <Group justify="flex-end" mb={4}>
            <CopyButton text={text} what={props.what} />
          </Group>
          <JsonCode text={text} label={props.what} />
        </>
      )}
    </Drawer>
  );
}
