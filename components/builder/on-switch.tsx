import { Switch, Tooltip } from "@mantine/core";
import { useState } from "react";
import { useMay } from "#components/accounts/may.tsx";
import { useAction } from "#components/feedback/use-action.ts";
import { useCallers } from "#components/flows/flow-calls.ts";
import { OnTag } from "#components/flows/on-tag.tsx";
import { TurnOffDialog } from "#components/flows/turn-off-dialog.tsx";
import { call } from "#lib/api/client.ts";
import { turnFlowOff, turnFlowOn } from "#lib/api/flows.ts";
import { useBuilder } from "./builder-context.ts";

/** On: the live version listens. Without one, publishing comes first. */
export function OnSwitch({ onPublishFirst }: { onPublishFirst: () => void }) {
  const { flow, setFlow } = useBuilder();
  const mayTurn = useMay("flows.publish");
  const callers = useCallers(flow.id);
  const [asking, setAsking] = useState(false);
  const toggle = useAction({
    run: (on: boolean) => call(on ? turnFlowOn : turnFlowOff, { params: { id: flow.id } }),
    failed: flow.on ? "The flow is still on" : "The flow is still off",
    onDone: setFlow,
  });
  const label = flow.on
    ? `On: version ${flow.liveVersion} runs when its event happens.${flow.unpublishedChanges ? " Your later changes are not live." : ""}`
    : flow.liveVersion === null
      ? "Off. Turning it on publishes it first."
      : `Off. Turning it on lets version ${flow.liveVersion} listen.`;
  if (!mayTurn) return <OnTag on={flow.on} label={flow.on ? `On · v${flow.liveVersion}` : "Off"} />;
  return (
    <>
      <Tooltip label={label}>
        <Switch
          size="sm"
          label={flow.on ? `On · v${flow.liveVersion}` : "Off"}
          aria-label="Flow is on"
          checked={flow.on}
          disabled={toggle.isPending}
          onChange={(event) => {
            if (event.target.checked && flow.liveVersion === null) onPublishFirst();
            else if (!event.target.checked && callers.length > 0) setAsking(true);
            else toggle.mutate(event.target.checked);
          }}
        />
      </Tooltip>
      {asking ? (
        <TurnOffDialog
          name={flow.name}
          callers={callers}
          onClose={() => setAsking(false)}
          onConfirm={() => toggle.mutate(false)}
        />
      ) : null}
    </>
  );
}
