"use client";

import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconHelpCircle } from "@tabler/icons-react";
import { WhyNotDialog } from "./why-not-dialog.tsx";

/** Opens the answer to "Why did it not run?", about the flow the list is filtered by where it is. */
export function WhyNotButton({ flowId }: { flowId?: string }) {
  const [opened, { open, close }] = useDisclosure();
  return (
    <>
      <Button variant="default" leftSection={<IconHelpCircle size={16} aria-hidden="true" />} onClick={open}>
        Why did it not run?
      </Button>
      {opened ? <WhyNotDialog flowId={flowId} onClose={close} /> : null}
    </>
  );
}
