import type { Locator, Response } from "@playwright/test";
import { Builder } from "./support/builder.ts";
import type { Document } from "./support/console-api.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

/** A flow of one event card, with what its form is filled with. */
function listening(name: string, card: string, inputs: Document["cards"][string]["inputs"] = {}): Document {
  return {
    format: 1,
    name,
    cards: { c1: { card, v: 1, connection: "sandbox", inputs } },
    edges: [],
    layout: { c1: [0, 0] },
  };
}

/** The list a picker opens. */
const choicesOf = (field: Locator) => field.page().getByRole("listbox", { name: /^Choices for / });

/** What a list of choices was asked for. */
const searchOf = (answer: Response) => new URL(answer.url()).searchParams.get("search");

test.describe("a long list", () => {
  test("of two thousand groups is there to its end, by wheel and by arrow keys", async ({
    page,
    flows,
    sandbox,
  }) => {
    // Twenty-one pages, one after the other: most of a minute where the machine has much else to do.
    test.slow();
    const name = unique("Crowd");
    const groups = await sandbox.createGroups(name, 2050);
    const builder = new Builder(page);
    const add = { card: "okta.groups.addUser", v: 1 as const, connection: "sandbox" };
    const document = listening(unique("Crowded"), "okta.groups.userAdded");
    await builder.open(
      await flows.draft({
        ...document,
        cards: { ...document.cards, c2: add },
        edges: [{ from: "c1", out: "next", to: "c2" }],
        layout: { c1: [0, 0], c2: [360, 0] },
      }),
    );
    await builder.card("Add User to Group").click();
    const field = builder.form("Add User to Group").getByRole("combobox", { name: "Group", exact: false });
    await field.first().fill(name);
    const options = choicesOf(field).getByRole("option");
    await expect(options.first()).toContainText(`${name} 0001`);

    // The arrow keys alone reach what was not loaded when the list opened.
    const beyond = choicesOf(field).locator("[data-combobox-selected]", { hasText: `${name} 0130` });
    await expect(async () => {
      await page.keyboard.press("ArrowDown");
      await expect(beyond).toBeVisible({ timeout: 1 });
    }).toPass({ intervals: [0] });

    // Names of thousands of options take Playwright long to compute: the last one is looked at alone.
    const last = choicesOf(field).locator("[role=option]").last();
    await options.first().hover();
    await expect(async () => {
      await page.mouse.wheel(0, 5_000);
      await expect(last).toHaveText(`${name} 2050`, { timeout: 50 });
    }).toPass({ intervals: [0] });
    await expect(choicesOf(field).locator("[role=option]")).toHaveCount(2050);
    await last.click();
    await expect(field.first()).toHaveValue(groups.at(-1)?.id ?? "none was made");
    await expect(builder.form("Add User to Group").getByText(`${name} 2050`)).toBeVisible();

    // Opened again, the form still knows whom the id stands for.
    await expect(builder.saveState).toHaveText("Saved");
    await page.reload();
    await builder.card("Add User to Group").click();
    await expect(builder.form("Add User to Group").getByText(`${name} 2050`)).toBeVisible();
    await sandbox.deleteGroups(groups);
  });
});

test.describe("an org that does not answer", () => {
  test.use({ expectedErrors: /status of 502/ });

  test("is said in the list, and asked again from there; what is typed counts meanwhile", async ({
    page,
    flows,
    sandbox,
  }) => {
    const group = await sandbox.createGroup();
    const builder = new Builder(page);
    await builder.open(await flows.draft(listening(unique("Unheard"), "okta.groups.userAdded")));
    await builder.card("User Added to Group").click();
    const form = builder.form("User Added to Group");
    await form.getByRole("button", { name: "Add item to Group is one of" }).click();
    await sandbox.faults({ fault: "500", method: "GET", pathPrefix: "/api/v1/groups" });
    const field = form.getByRole("combobox", { name: "Group is one of 1" });
    // The list that opened was refused before what is typed was asked for: with the org well again that found the group.
    const refused = page.waitForResponse((answer) => searchOf(answer) === group.name);
    await field.fill(group.name);
    expect((await refused).status()).toBe(502);
    const again = choicesOf(field).getByRole("option", { name: /could not be asked/ });
    await expect(again).toBeVisible();
    await expect(field).toHaveValue(group.name);
    await sandbox.faults();
    await field.press("ArrowDown");
    await field.press("Enter");
    await choicesOf(field).getByRole("option", { name: group.name }).click();
    await expect(field).toHaveValue(group.id);
    await field.fill("Nobody has a group like this");
    await expect(page.getByText(/Nothing in “sandbox” matches/)).toBeVisible();
    await sandbox.deleteGroup(group);
  });
});

test("an instance is one of the chosen application's, and leaves with it", async ({ page, flows }) => {
  const builder = new Builder(page);
  await builder.open(await flows.draft(listening(unique("Assigned"), "okta.apps.userAssigned")));
  const title = "User Assigned to Application";
  await builder.card(title).click();
  const form = builder.form(title);
  const application = form.getByRole("combobox", { name: "Application", exact: true });
  const instance = form.getByRole("combobox", { name: "Application Instance" });
  await application.fill("salesforce");
  await choicesOf(application)
    .getByRole("option", { name: /^salesforce/ })
    .click();
  await instance.click();
  await expect(choicesOf(instance).getByRole("option")).toHaveText([/Salesforce/]);
  await choicesOf(instance)
    .getByRole("option", { name: /Salesforce/ })
    .click();
  await expect(form.getByText("Salesforce · salesforce")).toBeVisible();

  await application.fill("oidc_client");
  await choicesOf(application)
    .getByRole("option", { name: /^oidc_client/ })
    .click();
  await expect(instance).toHaveValue("");
  await expect(
    form.getByText("“Salesforce” was taken out: it does not belong to “oidc_client”."),
  ).toBeVisible();
});

test("departments and the values of any attribute are those the org's people have", async ({
  page,
  flows,
  sandbox,
}) => {
  const department = unique("Deep Sea");
  const person = await sandbox.createPerson({ department, title: department });
  const builder = new Builder(page);
  await builder.open(await flows.draft(listening(unique("By department"), "okta.users.activated")));
  await builder.card("User Activated").click();
  const form = builder.form("User Activated");
  await form.getByRole("button", { name: "Add item to User's department is one of" }).click();
  const departments = form.getByRole("combobox", { name: "User's department is one of 1" });
  await departments.fill("deep sea");
  await choicesOf(departments).getByRole("option", { name: department }).click();
  await expect(departments).toHaveValue(department);

  const value = form.getByRole("combobox", { name: "Attribute value" });
  await value.click();
  await expect(page.getByText(/Choose the attribute first/)).toBeVisible();
  await form.getByRole("combobox", { name: "User's profile attribute" }).fill("title");
  await value.click();
  await expect(choicesOf(value).getByRole("option", { name: department })).toContainText("1 person");
  await sandbox.deletePerson(person);
});
