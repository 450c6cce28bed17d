"use client";

import { ActionIcon, Menu } from "@mantine/core";
import {
  IconCopy,
  IconDots,
  IconDownload,
  IconListDetails,
  IconPlayerTrackPrev,
  IconTrash,
} from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { May } from "#components/accounts/may.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { ReplayDialog } from "#components/replay/replay-dialog.tsx";
import { call, queryKey } from "#lib/api/client.ts";
import { createFlow, exportFlow, type FlowSummary, getFlow, listFlows } from "#lib/api/flows.ts";
import { DeleteFlowDialog } from "./delete-flow-dialog.tsx";
import { downloadJson } from "./download-json.ts";
import { PauseDialog } from "./pause-dialog.tsx";
import { PauseItem } from "./pause-item.tsx";
import { ResumeDialog } from "./resume-dialog.tsx";

/** What is done with a flow of the list rarely. */
export function FlowRowMenu({ flow }: { flow: FlowSummary }) {
  const router = useRouter();
  const client = useQueryClient();
  const [deleting, setDeleting] = useState(false);
  const [pausing, setPausing] = useState(false);
  const [resuming, setResuming] = useState(false);
  const [replaying, setReplaying] = useState(false);
  const download = useAction({
    run: () => call(exportFlow, { params: { id: flow.id }, query: {} }),
    failed: "The flow was not exported",
    onDone: (document) => downloadJson(document, document.name),
  });
  const duplicate = useAction({
    run: async () => {
      const { document } = await call(getFlow, { params: { id: flow.id } });
      return call(createFlow, {
        body: { document: { ...document, name: `Copy of ${document.name}`.slice(0, 200) } },
      });
    },
    failed: "The flow was not copied",
    onDone: (copy) => router.push(`/flows/${copy.id}`),
  });
  return (
    <>
      <Menu position="bottom-end" width={200} shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label={`More about ${flow.name}`}>
            <IconDots size={16} aria-hidden="true" />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item
            component={Link}
            href={`/executions?flow=${flow.id}`}
            leftSection={<IconListDetails size={15} aria-hidden="true" />}
          >
            Executions
          </Menu.Item>
          <May permission="executions.run">
            <Menu.Item
              leftSection={<IconPlayerTrackPrev size={15} aria-hidden="true" />}
              onClick={() => setReplaying(true)}
            >
              Replay past events …
            </Menu.Item>
          </May>
          <May permission="flows.publish">
            <PauseItem flow={flow} onPause={() => setPausing(true)} onAskToResume={() => setResuming(true)} />
          </May>
          <Menu.Item
            leftSection={<IconDownload size={15} aria-hidden="true" />}
            onClick={() => download.mutate(undefined)}
          >
            Export as JSON
          </Menu.Item>
          <May permission="flows.write">
            <Menu.Item
              leftSection={<IconCopy size={15} aria-hidden="true" />}
              onClick={() => duplicate.mutate(undefined)}
            >
              Duplicate
            </Menu.Item>
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={15} aria-hidden="true" />}
              onClick={() => setDeleting(true)}
            >
              Delete
            </Menu.Item>
          </May>
        </Menu.Dropdown>
      </Menu>
      {pausing ? <PauseDialog flow={flow} onClose={() => setPausing(false)} /> : null}
      {resuming ? <ResumeDialog flow={flow} onClose={() => setResuming(false)} /> : null}
      {replaying ? <ReplayDialog flow={flow} onClose={() => setReplaying(false)} /> : null}
      {deleting ? (
        <DeleteFlowDialog
          flow={flow}
          onClose={() => setDeleting(false)}
          onDeleted={() => {
            setDeleting(false);
            void client.invalidateQueries({ queryKey: queryKey(listFlows) });
          }}
        />
      ) : null}
    </>
  );
}
