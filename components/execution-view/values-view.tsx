"use client";

import { Group, Switch, Text } from "@mantine/core";
import { useState } from "react";
import type { Fields } from "#lib/cards/field.ts";
import type { JsonObject } from "#lib/flow/json.ts";
import { CopyButton } from "./copy-button.tsx";
import { JsonCode } from "./json-code.tsx";
import classes from "./value-tree.module.css";
import { ValueTree } from "./value-tree.tsx";

/** The values of a step: by their labels, or as the JSON they are. `what` completes "Copy …". */
export function ValuesView(props: {
  values: JsonObject | undefined;
  fields?: Fields;
  what: string;
  /** Said where there are none. */
  empty: string;
}) {
  const { values, fields, what, empty } = props;
  const [raw, setRaw] = useState(false);
  if (!values || Object.keys(values).length === 0) {
    return (
      <Text size="sm" c="dimmed">
        {empty}
      </Text>
    );
  }
  const json = JSON.stringify(values, null, 2);
  return (
    <>
      <div className={classes.toolbar}>
        <Switch
          size="xs"
          label="As JSON"
          checked={raw}
          onChange={(event) => setRaw(event.currentTarget.checked)}
        />
        <Group gap={4}>
          <CopyButton text={json} what={`${what} as JSON`} />
        </Group>
      </div>
      {raw ? <JsonCode text={json} label={what} /> : <ValueTree values={values} fields={fields} />}
    </>
  );
}
