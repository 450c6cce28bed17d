import { Builder } from "./support/builder.ts";
import { greeting } from "./support/documents.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

test.use({ viewport: { width: 1700, height: 1000 } });

test("every change can be undone and done again, and a reload shows what was saved", async ({
  page,
  flows,
}) => {
  const builder = new Builder(page);
  await builder.open(await flows.draft(greeting(unique("Undone"), "Hello")));
  await builder.card("Greeting").click();
  await builder.form("Greeting").getByRole("textbox", { name: "Card title" }).fill("Farewell");
  await builder.form("Farewell").getByRole("textbox", { name: "Text" }).fill("Goodbye");
  await builder.closeForm();
  await expect(builder.card("Farewell").getByText("Goodbye")).toBeVisible();

  await builder.press("Undo");
  await expect(builder.card("Farewell").getByText("Hello")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(builder.card("Greeting")).toBeVisible();
  await expect(page.getByRole("button", { name: "Undo", exact: true })).toBeDisabled();
  await page.keyboard.press("ControlOrMeta+Shift+z");
  await builder.press("Redo");
  await expect(builder.card("Farewell").getByText("Goodbye")).toBeVisible();
  await builder.saved();
  await page.reload();
  await expect(builder.card("Farewell").getByText("Goodbye")).toBeVisible();
});

test("cards are copied, pasted into another flow, duplicated and removed", async ({
  page,
  context,
  flows,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  const builder = new Builder(page);
  await builder.open(await flows.draft(greeting(unique("Copied from"), "Hello")));
  const greetings = builder.card("Greeting");
  await greetings.click();
  await page.keyboard.press("ControlOrMeta+d");
  await expect(greetings).toHaveCount(2);
  await page.keyboard.press("ControlOrMeta+c");
  await page.keyboard.press("Delete");
  await expect(greetings).toHaveCount(1);
  await builder.saved();

  await builder.open(await flows.draft(greeting(unique("Pasted into"), "Other")));
  await builder.canvas.getByRole("application").click({ position: { x: 20, y: 20 } });
  await page.keyboard.press("ControlOrMeta+v");
  await expect(greetings).toHaveCount(2);
  await expect(greetings.getByText("Hello")).toBeVisible();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.press("Delete");
  await expect(page.getByRole("heading", { name: "Start with an event" })).toBeVisible();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(greetings).toHaveCount(2);
});

test("lines are refused with words, cut, and a card is put into the middle of one", async ({
  page,
  flows,
}) => {
  const builder = new Builder(page);
  await builder.open(await flows.draft(greeting(unique("Lines"), "Hello")));
  await builder.draw(builder.handle("Next way out of Greeting"), builder.handle("Way into Greeting"));
  await expect(page.getByRole("alert").filter({ hasText: "A card can't come after itself." })).toBeVisible();
  await builder.canvas
    .getByRole("button", { name: "Insert a card: Greeting after User Added to Group" })
    .click();
  await page.getByRole("textbox", { name: "Search cards to add here" }).fill("continue if");
  await page.keyboard.press("Enter");
  const between = builder.form("Continue If").getByRole("region", { name: "Order" });
  await expect(between.getByText("After User Added to Group")).toBeVisible();
  await expect(between.getByText("Then Greeting")).toBeVisible();

  await builder.closeForm();
  await builder.press("Show the whole flow");
  await builder.draw(builder.handle("Next way out of Greeting"), builder.handle("Way into Continue If"));
  await expect(page.getByRole("alert").filter({ hasText: /circle/ })).toBeVisible();
  await builder.card("Continue If").click();
  await between.getByRole("button", { name: "Remove the line: Then Greeting" }).click();
  await expect(builder.card("Greeting").getByRole("img", { name: "1 warning" })).toBeVisible();
  // The other one is Continue If itself, which has nothing to compare yet.
  await expect(page.getByRole("button", { name: "2 warnings" })).toBeVisible();
});

test("a problem in the list leads to its field, and vanishes when it is filled", async ({ page, flows }) => {
  const document = greeting(unique("Problems"), "Hello");
  const builder = new Builder(page);
  const read = { card: "okta.users.read", v: 1 as const, connection: "sandbox" };
  await builder.open(
    await flows.draft({
      ...document,
      cards: { ...document.cards, c3: read },
      edges: [...document.edges, { from: "c2", out: "next", to: "c3" }],
      layout: { ...document.layout, c3: [720, 0] },
    }),
  );
  await builder.press("1 problem");
  await page.getByRole("menuitem", { name: /needs ID or Login/ }).click();
  const field = builder.form("Read User").getByRole("combobox", { name: "ID or Login" });
  await expect(field).toBeFocused();
  await expect(builder.card("Read User").getByRole("img", { name: "1 problem" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Publish", exact: true })).toHaveAttribute(
    "aria-disabled",
    "true",
  );

  // The picker finds people of the org while it is typed into.
  await field.fill("Grace Okafor");
  await page.getByRole("option", { name: /Grace Okafor/ }).click();
  await expect(builder.form("Read User").getByText(/Grace Okafor/)).toBeVisible();
  await expect(page.getByRole("button", { name: "No problems" })).toBeVisible();
  await expect(builder.card("Read User").getByRole("img", { name: "1 problem" })).toBeHidden();
});

test("a mapping dropped on a card asks for the input; the outline reads the same flow", async ({
  page,
  flows,
}) => {
  const builder = new Builder(page);
  await builder.open(await flows.draft(greeting(unique("Dropped"), "Hello")));
  const message = builder.handle("User Added to Group › Message output");
  await builder.draw(message, builder.card("Greeting").getByText("Greeting"));
  await page.getByRole("menuitem", { name: "Text" }).click();
  await expect(builder.card("Greeting").getByText("Message")).toBeVisible();
  await builder.card("Greeting").hover();
  await builder.card("Greeting").getByRole("button", { name: "Clear Text of Greeting" }).click();
  await expect(builder.card("Greeting").getByText("Message")).toBeHidden();

  await builder.press("Outline view");
  const rows = page.getByRole("region", { name: "Outline" }).getByRole("listitem");
  await expect(rows).toHaveCount(2);
  await expect(rows.nth(1)).toContainText("Runs after User Added to Group");
});

test("a card that writes says what it will change, and asks first", async ({ page, flows, sandbox }) => {
  const [person, group] = [await sandbox.createPerson(), await sandbox.createGroup()];
  const document = greeting(unique("Asks first"), "Hello");
  const join = {
    card: "okta.groups.addUser",
    v: 1 as const,
    connection: "sandbox",
    inputs: { group: { value: group.id }, user: { value: person.id } },
  };
  const builder = new Builder(page);
  await builder.open(await flows.draft({ ...document, cards: { ...document.cards, c2: join } }));
  await builder.card("Add User to Group").click();
  const form = builder.form("Add User to Group");
  await form.getByRole("tab", { name: "Test" }).click();
  await form.getByRole("button", { name: "Test this card" }).click();
  const dialog = page.getByRole("dialog", { name: "“Add User to Group” really changes something" });
  await expect(dialog.getByText(group.id)).toContainText(group.name);
  await expect(dialog.getByText(person.id)).toContainText(person.name);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  expect(await sandbox.members(group)).toEqual([]);
  await form.getByRole("button", { name: "Test this card" }).click();
  await dialog.getByRole("button", { name: "Make this change" }).click();
  await expect(form.getByRole("region", { name: "Test result" }).getByText("Succeeded")).toBeVisible();
  expect(await sandbox.members(group)).toEqual([person.id]);
});
