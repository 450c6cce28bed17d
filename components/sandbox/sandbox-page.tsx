"use client";

import { Button, Tabs, Text } from "@mantine/core";
import { IconFlask } from "@tabler/icons-react";
import Link from "next/link";
import { May, ONLY_LOOKING, useMay } from "#components/accounts/may.tsx";
import { ErrorState } from "#components/feedback/error-state.tsx";
import { EmptyState } from "#components/ui/empty-state.tsx";
import { ListSkeleton } from "#components/ui/list-skeleton.tsx";
import { PageHeader } from "#components/ui/page-header.tsx";
import { Panel } from "#components/ui/panel.tsx";
import { ApiError } from "#lib/api/client.ts";
import { AppsTab } from "./apps-tab.tsx";
import { DeliveriesTab } from "./deliveries-tab.tsx";
import { FaultBanner } from "./fault-banner.tsx";
import { FaultsTab } from "./faults-tab.tsx";
import { GroupsTab } from "./groups-tab.tsx";
import { InjectTab } from "./inject-tab.tsx";
import { LogTab } from "./log-tab.tsx";
import { PeopleTab } from "./people-tab.tsx";
import { ResetButton } from "./reset-button.tsx";
import classes from "./sandbox.module.css";
import { type SandboxView, TABS, type Tab } from "./sandbox-view.ts";
import { type Sandbox, useSandbox } from "./use-sandbox.ts";
import { type ChangeView, useSandboxView } from "./use-sandbox-view.ts";

const TITLES: Record<Tab, string> = {
  people: "People",
  groups: "Groups",
  apps: "Applications",
  log: "System Log",
  deliveries: "Deliveries",
  inject: "Inject an event",
  faults: "Faults",
};

/** Nothing is to be seen there, only done. What faults are on the banner says. */
const ACTING: readonly Tab[] = ["inject", "faults"];

/** The sandbox org as its admin sees it: act here, and watch the flows run. */
export function SandboxPage() {
  const sandbox = useSandbox();
  const { view, change, open } = useSandboxView();
  const mayAct = useMay("connections.manage");
  const tabs = TABS.filter((each) => mayAct || !ACTING.includes(each));
  const tab = tabs.find((each) => each === view.tab) ?? "people";
  const missing = sandbox.error instanceof ApiError && sandbox.error.body.code === "not-found";
  return (
    <div className={classes.page}>
      <PageHeader
        title="Sandbox org"
        description="A simulated Okta org that came with Flowdeck. What you do here is a call of the Okta API by its super admin: its events arrive like any org's and start the flows that listen."
      >
        {sandbox.data ? (
          <>
            <Button component={Link} href="/executions" variant="default">
              Watch executions
            </Button>
            <May permission="connections.manage">
              <ResetButton />
            </May>
          </>
        ) : null}
      </PageHeader>
      {sandbox.isPending ? (
        <Panel>
          <ListSkeleton rows={8} />
        </Panel>
      ) : null}
      {missing ? (
        <Panel>
          <EmptyState icon={IconFlask} title="No sandbox org is connected">
            {sandbox.error instanceof ApiError ? sandbox.error.body.hint : null}
          </EmptyState>
        </Panel>
      ) : null}
      {sandbox.isError && !missing && !sandbox.data ? (
        <ErrorState error={sandbox.error} what="The sandbox org" onRetry={() => void sandbox.refetch()} />
      ) : null}
      {sandbox.data ? (
        <>
          {mayAct ? null : (
            <Text size="sm" c="dimmed" mb="sm">
              {ONLY_LOOKING} What happens here is done by others.
            </Text>
          )}
          <FaultBanner faults={sandbox.data.faults} />
          <Tabs
            className={classes.tabs}
            value={tab}
            onChange={(value) => open(TABS.find((one) => one === value) ?? "people")}
            keepMounted={false}
          >
            <Tabs.List mb="sm" aria-label="Parts of the sandbox org">
              {tabs.map((each) => (
                <Tabs.Tab key={each} value={each}>
                  {TITLES[each]}
                </Tabs.Tab>
              ))}
            </Tabs.List>
            <Tabs.Panel value={tab} className={classes.tabs}>
              <OpenTab sandbox={sandbox.data} view={{ ...view, tab }} change={change} />
            </Tabs.Panel>
          </Tabs>
        </>
      ) : null}
    </div>
  );
}

function OpenTab(props: { sandbox: Sandbox; view: SandboxView; change: ChangeView }) {
  const { sandbox, view, change } = props;
  switch (view.tab) {
    case "people":
      return <PeopleTab sandbox={sandbox} view={view} change={change} />;
    case "groups":
      return <GroupsTab sandbox={sandbox} view={view} change={change} />;
    case "apps":
      return <AppsTab sandbox={sandbox} view={view} change={change} />;
    case "log":
      return <LogTab view={view} change={change} />;
    case "deliveries":
      return <DeliveriesTab view={view} change={change} />;
    case "inject":
      return <InjectTab view={view} change={change} />;
    case "faults":
      return <FaultsTab faults={sandbox.faults} />;
  }
}
