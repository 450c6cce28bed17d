/** The parts of the page, in the order of the tabs. */
export const TABS = ["people", "groups", "apps", "log", "deliveries", "inject", "faults"] as const;
export type Tab = (typeof TABS)[number];

/** What the page shows. Stands in its address, so that a view can be shared and gone back to. */
export interface SandboxView {
  tab: Tab;
  /** Words searched for in the list of the tab. */
  text: string;
  /** Id of the group that is open, or whose members alone are listed. */
  group?: string;
  /** Id of the application that is open. */
  app?: string;
  /** Event type: of the log, or to inject. */
  type?: string;
}

const MAX_TEXT = 200;

/** A view from the page's address. What can't be read is left out: a mistyped address still shows the page. */
export function readView(address: URLSearchParams): SandboxView {
  const tab = TABS.find((one) => one === address.get("tab")) ?? "people";
  return {
    tab,
    text: (address.get("text") ?? "").slice(0, MAX_TEXT),
    group: address.get("group") ?? undefined,
    app: address.get("app") ?? undefined,
    type: address.get("type") ?? undefined,
  };
}

/** The query of the page's address, without what is as it always is. */
export function writeView(view: SandboxView): string {
  const address = new URLSearchParams();
  if (view.tab !== "people") address.set("tab", view.tab);
  if (view.text !== "") address.set("text", view.text);
  for (const name of ["group", "app", "type"] as const) {
    const value = view[name];
    if (value) address.set(name, value);
  }
  return address.toString();
}
