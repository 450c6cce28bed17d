"use client";

import { Modal, type ModalProps } from "@mantine/core";
import { useEffect, useState } from "react";

/**
 * A dialog that is there while it is open, with its own state fresh each time. When it goes, the focus returns to what
 * had it before: Mantine's own return of the focus happens only in a dialog that is closed before it is taken away.
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
  return <Modal opened returnFocus={false} {...props} />;
}
