"use client";

import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import classes from "./sandbox.module.css";

/** A search whose words end up in the page's address a moment after the last letter. */
export function SearchField(props: { label: string; text: string; onText: (text: string) => void }) {
  const { label, text, onText } = props;
  const [typed, setTyped] = useState(text);
  const send = useDebouncedCallback(onText, 200);
  // The back button changes the text from outside; what is typed right now is not overwritten.
  useEffect(() => setTyped((now) => (now.trim() === text ? now : text)), [text]);
  return (
    <TextInput
      className={classes.search}
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      maxLength={200}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        send(event.currentTarget.value.trim());
      }}
    />
  );
}
