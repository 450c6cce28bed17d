import { ActionIcon, Tooltip } from "@mantine/core";
import { IconFocusCentered, IconLayoutGrid, IconMinus, IconPlus, IconTimeline } from "@tabler/icons-react";
import { Panel, useReactFlow } from "@xyflow/react";
import type { ReactNode } from "react";
import { WHOLE_FLOW } from "./canvas-view.ts";
import classes from "./flow-canvas.module.css";
import { glide } from "./glide.ts";

/** Zoom, fit, tidy up, and whether all mapping lines are shown. */
export function CanvasControls(props: {
  allMappings: boolean;
  onAllMappings: (all: boolean) => void;
  onTidy?: () => void;
}) {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const { allMappings } = props;
  return (
    <Panel position="bottom-left" className={classes.controls}>
      <Control
        label="Zoom in"
        onClick={() => zoomIn({ duration: glide(120) })}
        icon={<IconPlus size={16} />}
      />
      <Control
        label="Zoom out"
        onClick={() => zoomOut({ duration: glide(120) })}
        icon={<IconMinus size={16} />}
      />
      <Control
        label="Show the whole flow"
        onClick={() => fitView({ ...WHOLE_FLOW, duration: glide(200) })}
        icon={<IconFocusCentered size={16} />}
      />
      {props.onTidy ? (
        <Control label="Tidy up the layout" onClick={props.onTidy} icon={<IconLayoutGrid size={16} />} />
      ) : null}
      <Control
        label={allMappings ? "Show mappings of the selected card only" : "Show all mappings"}
        onClick={() => props.onAllMappings(!allMappings)}
        pressed={allMappings}
        icon={<IconTimeline size={16} />}
      />
    </Panel>
  );
}

function Control(props: { label: string; icon: ReactNode; onClick: () => void; pressed?: boolean }) {
  return (
    <Tooltip label={props.label} position="right">
      <ActionIcon
        variant={props.pressed ? "light" : "subtle"}
        color={props.pressed ? undefined : "gray"}
        aria-label={props.label}
        aria-pressed={props.pressed}
        onClick={props.onClick}
      >
        {props.icon}
      </ActionIcon>
    </Tooltip>
  );
}
