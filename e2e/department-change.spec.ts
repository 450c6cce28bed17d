import type { Page } from "@playwright/test";
import { Builder } from "./support/builder.ts";
import { ExecutionPage } from "./support/execution-page.ts";
import type { Group, Person } from "./support/sandbox.ts";
import { SandboxPage } from "./support/sandbox-page.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

// Room for a flow of seven cards.
test.use({ viewport: { width: 1900, height: 1100 } });

test("a department changes: out of one group and into the other, and back", async ({
  page,
  api,
  sandbox,
  flows,
}) => {
  // A dozen lines drawn with the mouse: seconds on an idle machine, a minute on one that is busy.
  test.setTimeout(120_000);
  const [joined, left] = [await sandbox.createGroup(), await sandbox.createGroup()];
  const mover = await sandbox.createPerson({ department: "Somewhere else" });
  await sandbox.addToGroup(mover, left);
  const department = unique("Field work");
  const name = unique("Department change");
  const builder = new Builder(page);
  const id = await builder.create(name);
  flows.adopt(id);
  await build(builder, { department, joined, left });
  await builder.publishAndTurnOn();
  await api.turnOn({ id }, "user.account.update_profile");

  const execution = new ExecutionPage(page);
  await moveTo(page, mover, department);
  await execution.openSucceeded({ id, name }, mover.name);
  await execution.expectStep("If/Else", "Succeeded: True");
  await execution.expectStep("Add User to Group", "Succeeded");
  await execution.expectStep("Remove User from Group", "Succeeded");
  expect(await sandbox.members(joined)).toEqual([mover.id]);
  expect(await sandbox.members(left)).toEqual([]);

  // Any other department is none of this flow's business: nothing is written.
  await moveTo(page, mover, "Back again");
  await expect.poll(async () => (await api.executions(id)).items.length, "both moves ran").toBe(2);
  await api.executionThat("succeeded", { id });
  await execution.openSucceeded({ id, name }, mover.name);
  await execution.expectStep("If/Else", "Succeeded: False");
  expect(await sandbox.members(joined)).toEqual([mover.id]);
  expect(await sandbox.applied(`PUT /api/v1/groups/${joined.id}/users/${mover.id}`)).toBe(1);

  await sandbox.deletePerson(mover);
  await sandbox.deleteGroup(joined);
  await sandbox.deleteGroup(left);
});

async function moveTo(page: Page, person: Person, department: string): Promise<void> {
  await SandboxPage.during(page, async (org) => {
    await org.choose(person, "Edit profile");
    const dialog = org.page.getByRole("dialog", { name: `Edit ${person.name}` });
    await dialog.getByRole("textbox", { name: "Department" }).fill(department);
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toBeHidden();
    await org.sees(person, department);
  });
}

interface Swap {
  department: string;
  joined: Group;
  left: Group;
}

async function build(builder: Builder, { department, joined, left }: Swap): Promise<void> {
  const event = "User Okta Profile Updated";
  await builder.dragInFirst(event);
  await builder.unfold(event, "Okta User");
  const user = `${event} › Okta User › ID`;

  await builder.dragInAfter(event, "Read User");
  await builder.connect(event, "Read User");
  await builder.map(user, "Read User › ID or Login");

  await builder.dragInAfter("Read User", "If/Else");
  await builder.connect("Read User", "If/Else");
  await builder.insert("If/Else", "Value", "Department");
  await builder.fill("If/Else", "Compare with", department);

  await builder.dragInAfter("If/Else", "Add User to Group");
  await builder.connect("If/Else", "Add User to Group", "True");
  await builder.map(user, "Add User to Group › User ID");
  await builder.choose("Add User to Group", "Group ID", joined.name);

  await builder.dragInAfter("Add User to Group", "Remove User from Group");
  await builder.connect("Add User to Group", "Remove User from Group");
  await builder.map(user, "Remove User from Group › User ID");
  await builder.choose("Remove User from Group", "Group ID", left.name);
}
