"use client";

import { Modal, type ModalProps } from "@mantine/core";
import { useEffect, useState } from "react";

/** As long as the slower of the usual double clicks. */
const DOUBLE_CLICK_MS = 500;

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
