import { expectAccessible } from "./support/axe.ts";
import { greeting } from "./support/documents.ts";
import { SandboxPage } from "./support/sandbox-page.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme, reducedMotion: "reduce" });

    test("every part of the sandbox org's page is accessible", async ({ page, sandbox }) => {
      const org = new SandboxPage(page);
      const [person, group] = [await sandbox.createPerson(), await sandbox.createGroup()];
      await sandbox.addToGroup(person, group);
      await sandbox.faults({ fault: "delivery-delay", pathPrefix: "/nowhere" });
      for (const [tab, shown] of [
        ["people", page.getByRole("button", { name: `Actions for ${person.name}` })],
        ["groups", page.getByRole("table", { name: "Groups" })],
        ["apps", page.getByRole("button", { name: "Assignments of Slack" })],
        ["log", page.getByRole("table", { name: "System Log" })],
        ["deliveries", page.getByRole("textbox", { name: "Search deliveries" })],
        ["inject", page.getByRole("combobox", { name: "Event type" })],
        ["faults", page.getByRole("switch", { name: "Slow answers" })],
      ] as const) {
        await org.open(tab);
        await expect(shown).toBeVisible();
        await expect(page.getByText("A fault is switched on.")).toBeVisible();
        await expectAccessible(page, tab);
      }
      await org.open("groups", `&group=${group.id}`);
      await expect(
        page.getByRole("button", { name: `Remove ${person.name} from ${group.name}` }),
      ).toBeVisible();
      await expectAccessible(page, "members of a group");
      await sandbox.deletePerson(person);
      await sandbox.deleteGroup(group);
    });
  });
}

test("faults are switched on and off, and said on every tab", async ({ page, sandbox }) => {
  const org = new SandboxPage(page);
  await sandbox.faults();
  await org.open("faults");
  // The switch's own input is hidden behind what is drawn for it.
  await page.getByRole("switch", { name: "Deliveries late" }).click({ force: true });
  await expect(page.getByRole("switch", { name: "Deliveries late" })).toBeChecked();
  await page.getByRole("tab", { name: "People" }).click();
  await expect(page).toHaveURL(/\/sandbox$/);
  await expect(page.getByText("Deliveries late: 5000 ms")).toBeVisible();
  await page.getByRole("button", { name: "Switch all off" }).click();
  await expect(page.getByText("Deliveries late: 5000 ms")).toBeHidden();
});

test("a delivery is seen with its JSON, and delivering it again starts nothing new", async ({
  page,
  api,
  sandbox,
  flows,
}) => {
  const [team, person] = [await sandbox.createGroup(), await sandbox.createPerson()];
  const flow = await flows.live(greeting(unique("Delivered"), "Hello"));
  await sandbox.addToGroup(person, team);
  await api.executionThat("succeeded", flow);

  const org = new SandboxPage(page);
  await org.open("deliveries", "&text=group.user_membership.add");
  await page
    .getByRole("button", { name: /^JSON of delivery/ })
    .first()
    .click();
  await expect(page.getByRole("region", { name: "the delivery's body" })).toContainText(person.id);
  await page.keyboard.press("Escape");
  await page
    .getByRole("button", { name: /^Deliver again/ })
    .first()
    .click();
  await expect(page.getByText("Delivered again.")).toBeVisible();
  expect((await api.executions(flow.id)).items).toHaveLength(1);

  // The event stands in the log too, found by the name of whom it is about, and opens with the keyboard.
  await org.open("log", `&type=group.user_membership.add&text=${encodeURIComponent(person.name)}`);
  const json = page.getByRole("button", { name: /^JSON of group\.user_membership\.add/ });
  await expect(json).toHaveCount(1);
  await json.focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("region", { name: "the event" })).toContainText(team.id);

  await sandbox.deletePerson(person);
  await sandbox.deleteGroup(team);
});

test("an application is assigned and taken away again", async ({ page, sandbox }) => {
  const [app, person] = [await sandbox.createApp(), await sandbox.createPerson()];
  const org = new SandboxPage(page);
  await org.open("apps", `&app=${app.id}`);
  const drawer = page.getByRole("dialog", { name: `Assignments of ${app.label}` });
  await drawer.getByRole("combobox", { name: "Assign to somebody" }).fill(person.login);
  await page.getByRole("option", { name: new RegExp(person.login) }).click();
  await drawer.getByRole("button", { name: `Remove ${person.name} from ${app.label}` }).click();
  await expect(drawer.getByText("Nobody has this application.")).toBeVisible();
  expect(await sandbox.applied(`DELETE /api/v1/apps/${app.id}/users/${person.id}`)).toBe(1);
  expect(await sandbox.assigned(app)).toEqual([]);
  await sandbox.deletePerson(person);
  await sandbox.deleteApp(app);
});

test("an event no hook can receive is typed, injected, and stands in the System Log", async ({ page }) => {
  const org = new SandboxPage(page);
  await org.open("inject");
  const type = page.getByRole("combobox", { name: "Event type" });
  await type.fill("session");
  await expect(page.getByRole("option", { name: "user.session.start", exact: true })).toBeVisible();
  await expect(page.getByRole("option", { name: /System Log only/ })).toHaveCount(0);
  await type.fill("user.session.expire");
  await page.getByRole("option", { name: "user.session.expire (System Log only)" }).click();
  const event = page.getByRole("textbox", { name: "Event", exact: true });
  await expect(event).toHaveValue(/"eventType": "user\.session\.expire"/);
  const displayMessage = unique("Expired");
  await event.fill(JSON.stringify({ ...JSON.parse(await event.inputValue()), displayMessage }));
  await page.getByRole("button", { name: "Inject event" }).click();
  await expect(page.getByText("The event is in the log")).toBeVisible();
  // The address keeps the typed choice.
  await page.reload();
  await expect(type).toHaveValue("user.session.expire (System Log only)");
  await org.open("log", `&text=${encodeURIComponent(displayMessage)}`);
  await expect(page.getByRole("button", { name: /^JSON of user\.session\.expire/ })).toHaveCount(1);
});
