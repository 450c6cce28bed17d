"use client";

import { type ComponentType, lazy, type ReactNode, Suspense, useState } from "react";
import { PartBoundary } from "#components/feedback/part-boundary.tsx";
import classes from "./builder.module.css";

const loads: (() => Promise<unknown>)[] = [];

/** A part of the builder that is fetched when it is first needed, or before that by `preloadParts`. */
function part<Props extends object>(load: () => Promise<ComponentType<Props>>, waiting: ReactNode = null) {
  loads.push(load);
  const fetched = () => lazy(async () => ({ default: await load() }));
  let Loaded = fetched();
  return function Part(props: Props) {
    const [, setTries] = useState(0);
    const retry = () => {
      // A lazy component remembers its failure: only a new one tries again.
      Loaded = fetched();
      setTries((tries) => tries + 1);
    };
    return (
      <PartBoundary onRetry={retry}>
        <Suspense fallback={waiting}>
          <Loaded {...props} />
        </Suspense>
      </PartBoundary>
    );
  };
}

/** Fetches all parts while the builder is idle, so that they are there when the network is not. */
export function preloadParts(): void {
  for (const load of loads) load().catch(() => undefined);
}

// The form and its controls are a tenth of the page's code, and needed once a card is selected.
export const Inspector = part(
  async () => (await import("./inspector.tsx")).Inspector,
  <aside className={classes.inspector} aria-label="Card" aria-busy="true" />,
);
export const TestTab = part(async () => (await import("./test-tab.tsx")).TestTab);
export const QuickAdd = part(async () => (await import("./quick-add.tsx")).QuickAdd);
export const Outline = part(async () => (await import("./outline.tsx")).Outline);
export const ConflictDialog = part(async () => (await import("./conflict-dialog.tsx")).ConflictDialog);
export const ShortcutsDialog = part(async () => (await import("./shortcuts-dialog.tsx")).ShortcutsDialog);
export const PublishDialog = part(async () => (await import("./publish-dialog.tsx")).PublishDialog);
export const TestFlowDialog = part(async () => (await import("./test-flow-dialog.tsx")).TestFlowDialog);
export const VersionsDrawer = part(async () => (await import("./versions-drawer.tsx")).VersionsDrawer);
export const SettingsDialog = part(async () => (await import("./settings-dialog.tsx")).SettingsDialog);
export const PauseDialog = part(async () => (await import("#components/flows/pause-dialog.tsx")).PauseDialog);
export const ResumeDialog = part(
  async () => (await import("#components/flows/resume-dialog.tsx")).ResumeDialog,
);
export const ReplayDialog = part(
  async () => (await import("#components/replay/replay-dialog.tsx")).ReplayDialog,
);
export const DeleteFlowDialog = part(
  async () => (await import("#components/flows/delete-flow-dialog.tsx")).DeleteFlowDialog,
);
