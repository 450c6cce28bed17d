import type { Page } from "@playwright/test";
import { Builder } from "./support/builder.ts";
import type { Group, Person } from "./support/sandbox.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

// Room for four cards beside the palette and the form.
test.use({ viewport: { width: 1700, height: 1000 } });

test("the sandbox org is connected, and example flows are there", async ({ page }) => {
  await page.goto("/connections");
  const org = page.getByRole("region", { name: "Sandbox org" });
  await expect(org.getByText("Connected", { exact: true })).toBeVisible();
  await expect(org.getByText("Event hook: verified")).toBeVisible();

  await page.getByRole("link", { name: "Flows", exact: true }).click();
  for (const name of [
    "Contractors who join Engineering",
    "Sales group follows the department",
    "Suspend contractors who leave",
  ]) {
    await expect(page.getByRole("link", { name, exact: true })).toBeVisible();
  }
});

test("from an empty canvas to a flow that ran for a real event", async ({ page, api, sandbox, flows }) => {
  test.setTimeout(120_000);
  const team = await sandbox.createGroup();
  const contractor = await sandbox.createPerson({ title: "Contractor" });
  const name = unique("Contractors are suspended");

  const builder = await createFlow(page, name);
  const [, id = ""] = /\/flows\/(.+)$/.exec(page.url()) ?? [];
  flows.adopt(id);
  await buildFlow(builder);
  await testReadUser(builder, contractor);
  await testFlow(builder);
  await publishAndTurnOn(builder);

  await api.turnOn({ id });
  await page.goto(`/executions?flow=${id}&mode=live`);
  await expect(page.getByText("No execution matches")).toBeVisible();
  await joinGroup(page, contractor, team);
  // Live: this page was open before the event, and is not loaded again.
  const row = page.getByRole("row", { name: `Succeeded: ${name}, ${contractor.name}` });
  await expect(row).toBeVisible();

  await row.click();
  await expectExecution(page, contractor);
  expect(await sandbox.arrived(`POST /api/v1/users/${contractor.id}/lifecycle/suspend`)).toBe(1);
  expect(await sandbox.statusOf(contractor)).toBe("SUSPENDED");
});

async function createFlow(page: Page, name: string): Promise<Builder> {
  await page.goto("/flows");
  await page.getByRole("button", { name: "New flow" }).first().click();
  await page.getByRole("button", { name: "Rename flow New flow" }).click();
  await page.getByRole("textbox", { name: "Flow name" }).fill(name);
  await page.keyboard.press("Enter");

  await expect(page.getByRole("button", { name: `Rename flow ${name}` })).toBeVisible();
  return new Builder(page);
}

/** Builds the flow with the mouse: cards from the palette, lines between handles, values in the form. */
async function buildFlow(builder: Builder): Promise<void> {
  const { page } = builder;
  await builder.dragIn("User Added to Group", await builder.middle());
  await builder.closeForm();
  await builder.press("Zoom out");
  await builder.press("Zoom out");
  await builder.dragIn("Read User", await builder.rightOf("User Added to Group"));
  await expect(builder.card("Read User, 1 problem, 1 warning")).toBeVisible();
  await builder.draw(
    builder.handle("Next way out of User Added to Group"),
    builder.handle("Way into Read User"),
  );
  await builder.card("User Added to Group").getByRole("button", { name: "Fields of Okta User" }).click();
  await builder.draw(
    builder.handle("User Added to Group › Okta User › ID output"),
    builder.handle("Read User › ID or Login input"),
  );
  await expect(page.getByRole("button", { name: "No problems" })).toBeVisible();

  await builder.card("Read User").click();
  await builder.clickIn("If/Else");
  await builder.card("Read User").getByRole("button", { name: "Fields of Profile Properties" }).click();
  await builder.draw(
    builder.handle("Read User › Profile Properties › Title output"),
    builder.handle("If/Else › Value input"),
  );
  await expect(builder.card("If/Else").getByText("Profile Properties › Title")).toBeVisible();
  await builder.form("If/Else").getByRole("textbox", { name: "Compare with" }).fill("Contractor");

  // A line let go on the empty canvas asks for the card that comes there.
  await builder.drawTo(builder.handle("True way out of If/Else"), await builder.rightOf("If/Else"));
  await page.getByRole("textbox", { name: "Search cards to add here" }).fill("suspend user");
  await page.keyboard.press("Enter");
  await expect(builder.handle("1 problem")).toBeVisible();
  await builder.draw(
    builder.handle("Read User › ID output"),
    builder.handle("Suspend User › ID or Login input"),
  );
  await expect(builder.handle("1 problem")).toBeHidden();

  await builder.dragIn("Compose", await builder.rightOf("If/Else", 260));
  await builder.draw(builder.handle("False way out of If/Else"), builder.handle("Way into Compose"));
  const text = builder.form("Compose").getByRole("textbox", { name: "Text" });
  await text.fill("Not suspended: ");
  await builder.form("Compose").getByRole("button", { name: "Insert field into Text" }).click();
  await page.getByRole("combobox", { name: "Search fields of earlier cards" }).fill("username");
  await page.getByRole("treeitem", { name: /^Username/ }).click();
  await expect(
    builder.card("Compose").getByText("Not suspended: [Read User · Profile Properties › Username]"),
  ).toBeVisible();
  await builder.saved();
}

/** Runs Read User alone, with a real login. */
async function testReadUser(builder: Builder, person: Person): Promise<void> {
  await builder.card("Read User").click();
  const form = builder.form("Read User");
  await form.getByRole("tab", { name: "Test" }).click();
  await form.getByRole("combobox", { name: "ID or Login" }).fill(person.login);
  await form.getByRole("button", { name: "Test this card" }).click();
  const result = form.getByRole("region", { name: "Test result" });
  await expect(result.getByText("Succeeded")).toBeVisible();
  await expect(result.getByText(person.id, { exact: true }).first()).toBeVisible();
  await expect(result.getByText(`GET /api/v1/users/${encodeURIComponent(person.login)}`)).toBeVisible();
  await expect(result.getByText(/Okta request ID \S+/)).toBeVisible();
}

/** Runs the whole draft with a generated event, which asks before it changes anything. */
async function testFlow({ page }: Builder): Promise<void> {
  await page.getByRole("button", { name: "Test flow" }).click();
  const dialog = page.getByRole("dialog", { name: "Test this flow" });
  await expect(dialog.getByText("group.user_membership.add")).toBeVisible();
  // Whoever is quick plans, which changes nothing.
  await expect(dialog.getByRole("button", { name: "Plan", exact: true })).toBeEnabled();
  await dialog.getByText("Test: it runs once, for real").click();
  await expect(dialog.getByText("Suspend User in sandbox")).toBeVisible();
  await expect(dialog.getByRole("button", { name: "Run test" })).toBeDisabled();
  await dialog.getByRole("checkbox", { name: /these changes are real/ }).check();
  await dialog.getByRole("button", { name: "Run test" }).click();
  await expect(page).toHaveURL(/\/executions\//);
  await expect(page.getByText("Test", { exact: true })).toBeVisible();
  await expect(page.getByRole("status").filter({ hasText: "Succeeded" })).toBeVisible();
  await page.getByRole("link", { name: "Open flow" }).click();
  await expect(page.getByRole("status", { name: "Save state" })).toHaveText("Saved");
}

/** Publishes the draft, after a look at what it changes, and lets it listen. */
async function publishAndTurnOn({ page }: Builder): Promise<void> {
  await page.getByRole("switch", { name: "Flow is on" }).click({ force: true });
  const dialog = page.getByRole("dialog", { name: "Publish this flow and turn it on" });
  await expect(dialog.getByRole("heading", { name: "First version" })).toBeVisible();
  await expect(dialog.getByRole("listitem").filter({ hasText: "Suspend User" }).first()).toBeVisible();
  await dialog.getByRole("button", { name: "Publish and turn on" }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByRole("switch", { name: "Flow is on" })).toBeChecked();
}

/** Does on the page of the sandbox org what an admin would do in Okta, in a tab of its own. */
async function joinGroup(page: Page, person: Person, group: Group): Promise<void> {
  const org = await page.context().newPage();
  await org.goto("/sandbox");
  await org.getByRole("textbox", { name: "Search people" }).fill(person.login);
  await org.getByRole("button", { name: `Add ${person.name} to a group` }).click();
  await org.getByRole("menuitem", { name: group.name }).click();
  await expect(org.getByRole("button", { name: `Remove ${person.name} from ${group.name}` })).toBeVisible();
  await org.close();
}

/** The execution card by card: the way taken, values, the call to Okta, and why the other card was left out. */
async function expectExecution(page: Page, person: Person): Promise<void> {
  const steps = page.getByRole("list", { name: "Steps" });
  const step = (name: string) => page.getByRole("region", { name: `Step: ${name}` });
  await steps.getByRole("button", { name: /^Read User/ }).click();
  await expect(step("Read User").getByText("Succeeded")).toBeVisible();
  await expect(step("Read User").getByText(person.login).first()).toBeVisible();

  await steps.getByRole("button", { name: /^If\/Else Succeeded: True/ }).click();
  await step("If/Else").getByRole("tab", { name: "Inputs" }).click();
  await expect(step("If/Else").getByText("Contractor").first()).toBeVisible();

  await steps.getByRole("button", { name: /^Suspend User/ }).click();
  await step("Suspend User").getByRole("tab", { name: "HTTP exchanges (1)" }).click();
  await expect(step("Suspend User").getByText(`/api/v1/users/${person.id}/lifecycle/suspend`)).toBeVisible();
  await expect(step("Suspend User").getByText("200", { exact: true })).toBeVisible();

  await steps.getByRole("button", { name: /^Compose/ }).click();
  await expect(step("Compose").getByText("Skipped", { exact: true })).toBeVisible();
  await expect(step("Compose").getByText(/“If\/Else” took the way “True”/)).toBeVisible();
}
