"use client";

import { Modal, type ModalProps } from "@mantine/core";
import { useEffect, useState } from "react";

/** As long as the slower of the usual double clicks. */
const DOUBLE_CLICK_MS = 500;

/**
 * The second click of a double click on a button that closes its dialog would land on what is behind it: on the canvas it
 * zoomed in and took the result of a test away. `detail` counts the clicks of one series.
 */
function swallowSecondClick(): void {
  const stopping = new AbortController();
  const stop = (event: MouseEvent) => {
    if (event.detail < 2) return;
    event.preventDefault();
    event.stopPropagation();
  };
  for (const kind of ["mousedown", "click", "dblclick"] as const) {
    document.addEventListener(kind, stop, { capture: true, signal: stopping.signal });
  }
  setTimeout(() => stopping.abort(), DOUBLE_CLICK_MS);
}

/**
 * A dialog that is there while it is open, with its own state fresh each time. When it goes, the focus returns to what
 * had it before: Mantine's own return of the focus happens only in a dialog that is closed before it is taken away.
 * The second click of a double click on the button that opened it would land beside it and close it at once, so clicks
 * beside it count only after a moment.
 */
export function Dialog(props: Omit<ModalProps, "opened">) {
  const [before] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      swallowSecondClick();
      // After this turn: the focus trap of the dialog lets go when it is gone.
      setTimeout(() => {
        const nobodyHasIt = document.activeElement === null || document.activeElement === document.body;
        if (nobodyHasIt && before instanceof HTMLElement && before.isConnected) before.focus();
      });
    },
    [before],
  );
  const [settled, setSettled] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(true), DOUBLE_CLICK_MS);
    return () => clearTimeout(timer);
  }, []);
  const closeOnClickOutside = settled && props.closeOnClickOutside !== false;
  return <Modal opened returnFocus={false} {...props} closeOnClickOutside={closeOnClickOutside} />;
}
