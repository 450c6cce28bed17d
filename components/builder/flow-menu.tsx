import { ActionIcon, Menu } from "@mantine/core";
import {
  IconCopy,
  IconDots,
  IconDownload,
  IconHistory,
  IconListDetails,
  IconPlayerTrackPrev,
  IconSettings,
  IconTrash,
} from "@tabler/icons-react";
import Link from "next/link";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { May, useMay } from "#components/accounts/may.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { downloadJson } from "#components/flows/download-json.ts";
import { PauseItem } from "#components/flows/pause-item.tsx";
import { PausedTag } from "#components/flows/paused-tag.tsx";
import { call } from "#lib/api/client.ts";
import { createFlow, exportFlow } from "#lib/api/flows.ts";
import { useBuilder } from "./builder-context.ts";
import { DeleteFlowDialog, PauseDialog, ReplayDialog, ResumeDialog, SettingsDialog } from "./lazy-parts.tsx";

/** What is done with a flow rarely. */
export function FlowMenu({ onVersions }: { onVersions: () => void }) {
  const { editor, flow, setFlow, settle } = useBuilder();
  const router = useRouter();
  const mayResume = useMay("flows.publish");
  const [deleting, setDeleting] = useState(false);
  const [pausing, setPausing] = useState(false);
  const [resuming, setResuming] = useState(false);
  const [settingUp, setSettingUp] = useState(false);
  const [replaying, setReplaying] = useState(false);
  const download = useAction({
    run: async () => {
      await settle();
      return call(exportFlow, { params: { id: flow.id }, query: {} });
    },
    failed: "The flow was not exported",
    onDone: (document) => downloadJson(document, document.name),
  });
  const duplicate = useAction({
    run: () => {
      const { document } = editor.store.getState();
      return call(createFlow, {
        body: { document: { ...document, name: `Copy of ${document.name}`.slice(0, 200) } },
      });
    },
    failed: "The flow was not copied",
    onDone: (copy) => router.push(`/flows/${copy.id}`),
  });
  const leave = () => {
    // Saving stops with the flow: an edit saved later would meet one that is gone.
    const { document } = editor.store.getState();
    editor.autosave.adopt({ revision: editor.autosave.revision(), document });
    router.push("/flows");
  };
  return (
    <>
      <PausedTag paused={flow.paused} onResume={mayResume ? () => setResuming(true) : undefined} />
      <Menu position="bottom-end" width={220} shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" aria-label="More about this flow">
            <IconDots size={18} aria-hidden="true" />
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
          <Menu.Item leftSection={<IconHistory size={15} aria-hidden="true" />} onClick={onVersions}>
            Versions
          </Menu.Item>
          <Menu.Item
            leftSection={<IconSettings size={15} aria-hidden="true" />}
            onClick={() => setSettingUp(true)}
          >
            Flow settings
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
            <PauseItem
              flow={flow}
              onPause={() => setPausing(true)}
              onAskToResume={() => setResuming(true)}
              onResumed={setFlow}
            />
          </May>
          <Menu.Divider />
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
              Duplicate flow
            </Menu.Item>
            <Menu.Divider />
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={15} aria-hidden="true" />}
              onClick={() => setDeleting(true)}
            >
              Delete flow
            </Menu.Item>
          </May>
        </Menu.Dropdown>
      </Menu>
      {replaying ? <ReplayDialog flow={flow} settle={settle} onClose={() => setReplaying(false)} /> : null}
      {settingUp ? <SettingsDialog onClose={() => setSettingUp(false)} /> : null}
      {pausing ? <PauseDialog flow={flow} onClose={() => setPausing(false)} onPaused={setFlow} /> : null}
      {resuming ? (
        <ResumeDialog
          flow={flow}
          onClose={() => setResuming(false)}
          onResumed={setFlow}
          onSettings={() => {
            setResuming(false);
            setSettingUp(true);
          }}
        />
      ) : null}
      {deleting ? (
        <DeleteFlowDialog flow={flow} onClose={() => setDeleting(false)} onDeleted={leave} />
      ) : null}
    </>
  );
}
