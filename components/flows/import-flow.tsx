"use client";

import { Button, FileButton } from "@mantine/core";
import { IconUpload } from "@tabler/icons-react";
import { useRouter } from "next/navigation";
import { useAction } from "#components/feedback/use-action.ts";
import { call } from "#lib/api/client.ts";
import { createFlow } from "#lib/api/flows.ts";

/** Larger files are no flow documents; the API refuses them too. */
const MAX_BYTES = 4 * 1024 * 1024;

/** Creates a flow from an exported document. */
export function ImportFlow() {
  const router = useRouter();
  const create = useAction({
    run: async (file: File) => call(createFlow, { body: { document: await readJson(file) } }),
    failed: "The file was not imported",
    onDone: (flow) => router.push(`/flows/${flow.id}`),
  });
  return (
    <FileButton accept="application/json,.json" onChange={(file) => (file ? create.mutate(file) : undefined)}>
      {(props) => (
        <Button
          {...props}
          variant="default"
          leftSection={<IconUpload size={16} aria-hidden="true" />}
          loading={create.isPending}
        >
          Import
        </Button>
      )}
    </FileButton>
  );
}

async function readJson(file: File): Promise<unknown> {
  if (file.size > MAX_BYTES) throw new Error(`${file.name} is larger than 4 MB; a flow is not.`);
  try {
    return JSON.parse(await file.text());
  } catch {
    throw new Error(`${file.name} is no JSON file. Choose one that was exported from Flowdeck.`);
  }
}
