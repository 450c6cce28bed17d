"use client";

import { Tabs } from "@mantine/core";
import { useState } from "react";
import { useMay } from "#components/accounts/may.tsx";
import { useCatalogue } from "#components/executions/use-catalogue.ts";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { PastRuns } from "./past-runs.tsx";
import classes from "./run-by-hand.module.css";
import { RunComposer } from "./run-composer.tsx";

/** Runs any action card without a flow: once, or over many rows. */
export function RunPage() {
  const catalogue = useCatalogue();
  const mayRun = useMay("executions.run");
  const [tab, setTab] = useState<string | null>(mayRun ? "new" : "past");
  return (
    <div className={classes.page}>
      <PageHeader
        title="Run by hand"
        description={
          mayRun
            ? "Do one thing now, for one person or for thousands: choose an action, say for whom, look at what will change, and start."
            : "What was done by hand, for one person or for thousands, and what became of each."
        }
      />
      <Tabs value={tab} onChange={setTab}>
        <Tabs.List mb="md" aria-label="Runs by hand">
          {mayRun ? <Tabs.Tab value="new">New run</Tabs.Tab> : null}
          <Tabs.Tab value="past">Past runs</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="new">
          {catalogue && mayRun ? (
            <RunComposer catalogue={catalogue} />
          ) : (
            <Panel>
              <ListSkeleton rows={6} />
            </Panel>
          )}
        </Tabs.Panel>
        <Tabs.Panel value="past">{tab === "past" ? <PastRuns /> : null}</Tabs.Panel>
      </Tabs>
    </div>
  );
}
