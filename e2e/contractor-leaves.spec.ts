import { Builder } from "./support/builder.ts";
import { ExecutionPage } from "./support/execution-page.ts";
import type { App, Group } from "./support/sandbox.ts";
import { SandboxPage } from "./support/sandbox-page.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

// Room for a flow of six cards.
test.use({ viewport: { width: 1900, height: 1100 } });

test("a contractor leaves: out of the group, out of the application, signed out", async ({
  page,
  api,
  sandbox,
  flows,
}) => {
  // A dozen lines drawn with the mouse: seconds on an idle machine, a minute on one that is busy.
  test.setTimeout(120_000);
  const [team, app] = [await sandbox.createGroup(), await sandbox.createApp()];
  const leaver = await sandbox.createPerson({ userType: "Contractor" });
  const late = await sandbox.createPerson({ userType: "Contractor" });
  for (const person of [leaver, late]) {
    await sandbox.addToGroup(person, team);
    await sandbox.assign(app, person);
    await sandbox.signIn(person);
  }
  const name = unique("Contractor leaves");
  const builder = new Builder(page);
  const id = await builder.create(name);
  flows.adopt(id);
  await build(builder, team, app);
  await builder.publishAndTurnOn();
  await api.turnOn({ id }, "user.lifecycle.deactivate");

  await SandboxPage.during(page, async (org) => {
    await org.choose(leaver, "Deactivate");
    await org.sees(leaver, "DEPROVISIONED");
  });
  const execution = new ExecutionPage(page);
  await execution.openSucceeded({ id, name }, leaver.name);
  await execution.expectStep("Remove User from Group", "Succeeded");
  // Okta itself takes the applications of somebody who is deactivated.
  await execution.expectStep("If/Else", "Succeeded: False");
  await execution.expectStep("Clear User Sessions", "Succeeded");
  expect(await sandbox.arrived(`DELETE /api/v1/apps/${app.id}/users/${leaver.id}`)).toBe(0);
  expect(await sandbox.applied(`DELETE /api/v1/users/${leaver.id}/sessions`)).toBe(1);

  // In a large org that takes Okta a while, and the event may be there first: then the flow does it.
  await SandboxPage.during(page, (org) => org.inject("user.lifecycle.deactivate", late));
  await execution.openSucceeded({ id, name }, late.name);
  await execution.expectStep("If/Else", "Succeeded: True");
  await execution.expectStep("Remove User from Application", "Succeeded");
  await execution.expectStep("Clear User Sessions", "Succeeded");
  expect(await sandbox.members(team)).toEqual([]);
  expect(await sandbox.assigned(app)).toEqual([]);
  expect(await sandbox.sessions(late)).toBe(0);

  await sandbox.deletePerson(leaver);
  await sandbox.deletePerson(late);
  await sandbox.deleteGroup(team);
  await sandbox.deleteApp(app);
});

async function build(builder: Builder, team: Group, app: App): Promise<void> {
  await builder.dragInFirst("User Deactivated");
  await builder.unfold("User Deactivated", "Okta User");
  const user = "User Deactivated › Okta User › ID";

  await builder.dragInAfter("User Deactivated", "Remove User from Group");
  await builder.connect("User Deactivated", "Remove User from Group");
  await builder.map(user, "Remove User from Group › User ID");
  await builder.choose("Remove User from Group", "Group ID", team.name);

  await builder.dragInAfter("Remove User from Group", "List Applications Assigned to User");
  await builder.connect("Remove User from Group", "List Applications Assigned to User");
  await builder.map(user, "List Applications Assigned to User › User ID");

  await builder.dragInAfter("List Applications Assigned to User", "If/Else");
  await builder.connect("List Applications Assigned to User", "If/Else");
  await builder.compare("If/Else", "is not empty");
  await builder.map("List Applications Assigned to User › Applications", "If/Else › Value");

  await builder.dragInAfter("If/Else", "Remove User from Application");
  await builder.connect("If/Else", "Remove User from Application", "True");
  await builder.map(user, "Remove User from Application › User ID");
  await builder.choose("Remove User from Application", "Application", app.label);

  await builder.dragInAfter("Remove User from Application", "Clear User Sessions");
  await builder.connect("Remove User from Application", "Clear User Sessions");
  await builder.connect("If/Else", "Clear User Sessions", "False");
  await builder.map(user, "Clear User Sessions › User ID");
}
