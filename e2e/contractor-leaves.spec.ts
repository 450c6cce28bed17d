import { Builder } from "./support/builder.ts";
import { ExecutionPage } from "./support/execution-page.ts";
import type { App, Group } from "./support/sandbox.ts";
import { SandboxPage } from "./support/sandbox-page.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

// Room for a flow of eight cards.
test.use({ viewport: { width: 2300, height: 1100 } });

const FIRST_GROUP = "Leave the team";
const SECOND_GROUP = "Leave the project";
const FIRST_APP = "Give back the first application";
const SECOND_APP = "Give back the second application";

test("a contractor leaves: out of two groups, out of two applications, signed out", async ({
  page,
  api,
  sandbox,
  flows,
}) => {
  // Some twenty lines drawn with the mouse: seconds on an idle machine, two minutes on one that is busy.
  test.setTimeout(300_000);
  const groups = [await sandbox.createGroup(), await sandbox.createGroup()] as const;
  const apps = [await sandbox.createApp(), await sandbox.createApp()] as const;
  // Groups and applications that are none of the flow's business must stay.
  const [otherGroup, otherApp] = [await sandbox.createGroup(), await sandbox.createApp()];
  const leaver = await sandbox.createPerson({ userType: "Contractor" });
  const late = await sandbox.createPerson({ userType: "Contractor" });
  const stays = await sandbox.createPerson({ userType: "Contractor" });
  for (const person of [leaver, late, stays]) {
    for (const group of [...groups, otherGroup]) await sandbox.addToGroup(person, group);
    for (const app of [...apps, otherApp]) await sandbox.assign(app, person);
    await sandbox.signIn(person);
  }
  const name = unique("Contractor leaves");
  const builder = new Builder(page);
  const id = await builder.create(name);
  flows.adopt(id);
  await build(builder, groups, apps);
  await builder.publishAndTurnOn();
  await api.turnOn({ id }, "user.lifecycle.deactivate");

  await SandboxPage.during(page, async (org) => {
    await org.choose(leaver, "Deactivate");
    await org.sees(leaver, "DEPROVISIONED");
  });
  const execution = new ExecutionPage(page);
  await execution.openSucceeded({ id, name }, leaver.name);
  for (const card of [FIRST_GROUP, SECOND_GROUP]) await execution.expectStep(card, "Succeeded");
  // Okta itself takes the applications of somebody who is deactivated.
  await execution.expectStep("If/Else", "Succeeded: False");
  for (const card of [FIRST_APP, SECOND_APP])
    await execution.expectStep(card, "“If/Else” took the way “False”");
  await execution.expectStep("Clear User Sessions", "Succeeded");
  for (const group of groups)
    expect(await sandbox.applied(`DELETE /api/v1/groups/${group.id}/users/${leaver.id}`)).toBe(1);
  for (const app of apps)
    expect(await sandbox.arrived(`DELETE /api/v1/apps/${app.id}/users/${leaver.id}`)).toBe(0);
  expect(await sandbox.applied(`DELETE /api/v1/users/${leaver.id}/sessions`)).toBe(1);
  expect(await sandbox.members(otherGroup)).toContain(leaver.id);

  // In a large org that takes Okta a while, and the event may be there first: then the flow does it.
  await SandboxPage.during(page, (org) => org.inject("user.lifecycle.deactivate", late));
  await execution.openSucceeded({ id, name }, late.name);
  await execution.expectStep("If/Else", "Succeeded: True");
  for (const card of [FIRST_GROUP, SECOND_GROUP, FIRST_APP, SECOND_APP, "Clear User Sessions"])
    await execution.expectStep(card, "Succeeded");
  // Both are out of everything the flow names, the sessions are gone, and nobody and nothing else was touched.
  for (const group of groups) expect(await sandbox.members(group)).toEqual([stays.id]);
  for (const app of apps) expect(await sandbox.assigned(app)).toEqual([stays.id]);
  expect(await sandbox.sessions(late)).toBe(0);
  expect(await sandbox.members(otherGroup)).toContain(late.id);
  expect(await sandbox.assigned(otherApp)).toEqual([late.id, stays.id]);
  expect(await sandbox.sessions(stays)).toBe(1);

  for (const person of [leaver, late, stays]) await sandbox.deletePerson(person);
  for (const group of [...groups, otherGroup]) await sandbox.deleteGroup(group);
  for (const app of [...apps, otherApp]) await sandbox.deleteApp(app);
});

/** The cards in their order: out of the groups, out of the applications where there are any, sessions cleared. */
async function build(
  builder: Builder,
  groups: readonly [Group, Group],
  apps: readonly [App, App],
): Promise<void> {
  const event = "User Deactivated";
  await builder.dragInFirst(event);
  await builder.unfold(event, "Okta User");
  const user = `${event} › Okta User › ID`;

  const leave = async (after: string, title: string, group: Group) => {
    await builder.dragInAfter(after, "Remove User from Group");
    await builder.rename("Remove User from Group", title);
    await builder.connect(after, title);
    await builder.map(user, `${title} › User ID`);
    await builder.choose(title, "Group ID", group.name);
  };
  await leave(event, FIRST_GROUP, groups[0]);
  await leave(FIRST_GROUP, SECOND_GROUP, groups[1]);

  const list = "List Applications Assigned to User";
  await builder.dragInAfter(SECOND_GROUP, list);
  await builder.connect(SECOND_GROUP, list);
  await builder.map(user, `${list} › User ID`);

  await builder.dragInAfter(list, "If/Else");
  await builder.connect(list, "If/Else");
  await builder.compare("If/Else", "is not empty");
  await builder.map(`${list} › Applications`, "If/Else › Value");

  const giveBack = async (after: string, title: string, app: App, way?: string) => {
    await builder.dragInAfter(after, "Remove User from Application");
    await builder.rename("Remove User from Application", title);
    await builder.connect(after, title, way);
    await builder.map(user, `${title} › User ID`);
    await builder.choose(title, "Application", app.label);
  };
  await giveBack("If/Else", FIRST_APP, apps[0], "True");
  await giveBack(FIRST_APP, SECOND_APP, apps[1]);

  await builder.dragInAfter(SECOND_APP, "Clear User Sessions");
  await builder.connect(SECOND_APP, "Clear User Sessions");
  await builder.connect("If/Else", "Clear User Sessions", "False");
  await builder.map(user, "Clear User Sessions › User ID");
}
