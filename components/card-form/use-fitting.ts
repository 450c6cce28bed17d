import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { type ChoiceSource, isNoChoice } from "./use-live-choices.ts";

/** What a choice depends on may be typed letter by letter: nothing is taken out before it has rested so long. */
const REST_MS = 400;

/**
 * Takes a chosen value out once what it depends on has changed and it no longer fits (an instance of the application
 * chosen before). Only a choice with a name of its own: what somebody typed is theirs, and so is what can't be checked.
 *
 * @returns the name of what was taken out last
 */
export function useFitting(props: {
  source: ChoiceSource;
  /** What it depends on; "" for nothing. */
  by: string;
  text: string;
  label: string | undefined;
  clear: () => void;
}): string | undefined {
  const client = useQueryClient();
  const [cleared, setCleared] = useState<string>();
  const now = useRef(props);
  useEffect(() => {
    now.current = props;
  });
  const name = useRef<{ text: string; label: string }>(undefined);
  if (props.label !== undefined) name.current = { text: props.text, label: props.label };
  const { by } = props;
  const checked = useRef(by);
  useEffect(() => {
    if (checked.current === by) return;
    const timer = setTimeout(() => {
      checked.current = by;
      const { source, text } = now.current;
      const known = name.current;
      if (by === "" || text === "" || known?.text !== text || known.label === text) return;
      isNoChoice(client, source, text).then(
        (misfit) => {
          const still = now.current;
          if (!misfit || still.text !== text || still.by !== by) return;
          setCleared(known.label);
          still.clear();
        },
        // The org can't say now: the value stays, and the list says what is wrong when it is opened.
        () => undefined,
      );
    }, REST_MS);
    return () => clearTimeout(timer);
  }, [by, client]);
  return cleared;
}
