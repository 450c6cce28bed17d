import { Builder } from "./support/builder.ts";
import { ExecutionPage } from "./support/execution-page.ts";
import type { Group } from "./support/sandbox.ts";
import { SandboxPage } from "./support/sandbox-page.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

// Room for a flow of six cards.
test.use({ viewport: { width: 1900, height: 1100 } });

test("an account is locked: the manager is found, told what to say, and put on the list of those to call", async ({
  page,
  api,
  sandbox,
  flows,
}) => {
  // A dozen lines drawn with the mouse: seconds on an idle machine, a minute on one that is busy.
  test.setTimeout(120_000);
  const toCall = await sandbox.createGroup();
  const manager = await sandbox.createPerson({ title: "Head of Support" });
  const [locked, alone] = [await sandbox.createPerson(), await sandbox.createPerson()];
  await sandbox.setManager(locked, manager);
  const name = unique("Locked account");
  const builder = new Builder(page);
  const id = await builder.create(name);
  flows.adopt(id);
  await build(builder, toCall);
  await builder.publishAndTurnOn();
  await api.turnOn({ id }, "user.account.lock");

  const execution = new ExecutionPage(page);
  for (const person of [locked, alone]) {
    await SandboxPage.during(page, async (org) => {
      await org.choose(person, "Get the password wrong until locked out");
      await org.sees(person, "LOCKED_OUT");
    });
  }
  await execution.openSucceeded({ id, name }, locked.name);
  await execution.expectStep("If/Else", "Succeeded: True");
  await execution.expectStep("Read User", "Succeeded");
  await execution.steps.getByRole("button", { name: /^Compose/ }).click();
  const composed = page.getByRole("region", { name: "Step: Compose" });
  await expect(composed.getByText(`${manager.login}: ${locked.name} is locked out.`).first()).toBeVisible();
  await execution.expectStep("Add User to Group", "Succeeded");
  expect(await sandbox.members(toCall)).toEqual([manager.id]);

  // Who has no manager is nobody's to call.
  await execution.openSucceeded({ id, name }, alone.name);
  await execution.expectStep("If/Else", "Succeeded: False");
  expect(await sandbox.members(toCall)).toEqual([manager.id]);

  for (const person of [locked, alone, manager]) await sandbox.deletePerson(person);
  await sandbox.deleteGroup(toCall);
});

async function build(builder: Builder, toCall: Group): Promise<void> {
  const lookUp = "Get Primary Linked Object Value";
  await builder.dragInFirst("User Account Locked");
  await builder.unfold("User Account Locked", "Okta User");

  await builder.dragInAfter("User Account Locked", lookUp);
  await builder.connect("User Account Locked", lookUp);
  await builder.map("User Account Locked › Okta User › ID", `${lookUp} › Associated User ID`);
  await builder.choose(lookUp, "Primary Name", "Manager");

  await builder.dragInAfter(lookUp, "If/Else");
  await builder.connect(lookUp, "If/Else");
  await builder.compare("If/Else", "is not empty");
  await builder.map(`${lookUp} › Primary User ID`, "If/Else › Value");

  await builder.dragInAfter("If/Else", "Read User");
  await builder.connect("If/Else", "Read User", "True");
  await builder.map(`${lookUp} › Primary User ID`, "Read User › ID or Login");

  await builder.dragInAfter("Read User", "Compose");
  await builder.connect("Read User", "Compose");
  await builder.compose("Compose", "Username", ": ", "Display Name", " is locked out.");

  await builder.dragInAfter("Compose", "Add User to Group");
  await builder.connect("Compose", "Add User to Group");
  await builder.map("Read User › ID", "Add User to Group › User ID");
  await builder.choose("Add User to Group", "Group ID", toCall.name);
}
