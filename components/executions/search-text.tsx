import { TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useEffect, useState } from "react";

/** A field to search lists with: what is typed is told once the typing rests. */
export function SearchText(props: {
  text: string;
  onText: (text: string) => void;
  label: string;
  placeholder: string;
  className?: string;
  /** Takes the room that is left in its row. */
  grow?: boolean;
}) {
  const { text, onText, label, placeholder, className, grow } = props;
  const [typed, setTyped] = useState(text);
  const send = useDebouncedCallback(onText, 300);
  // The back button, or "Clear filters", changes the text from outside; what is typed right now is not overwritten.
  useEffect(() => setTyped((now) => (now.trim() === text ? now : text)), [text]);
  return (
    <TextInput
      className={className}
      style={grow ? { flex: "1 1 180px" } : undefined}
      type="search"
      aria-label={label}
      placeholder={placeholder}
      leftSection={<IconSearch size={16} aria-hidden="true" />}
      maxLength={200}
      value={typed}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        send(event.currentTarget.value);
      }}
    />
  );
}
