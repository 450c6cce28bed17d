import { Builder } from "./support/builder.ts";
import { greeting } from "./support/documents.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

const empty = (name: string) => ({ format: 1 as const, name, cards: {}, edges: [], layout: {} });

test("a flow of two cards, without the mouse", async ({ page, flows, api }) => {
  const flow = await flows.draft(empty(unique("By keyboard")));
  const builder = new Builder(page);
  await builder.open(flow);
  const { keyboard } = page;

  await keyboard.press("/");
  await expect(page.getByRole("textbox", { name: "Search cards" })).toBeFocused();
  await keyboard.type("user added to group");
  await keyboard.press("Enter");
  await expect(builder.card("User Added to Group")).toBeFocused();

  await keyboard.press("/");
  await keyboard.press("ControlOrMeta+a");
  await keyboard.type("read user");
  await keyboard.press("Enter");
  await expect(builder.card("Read User")).toBeFocused();
  await keyboard.press("Enter");
  await expect(builder.form("Read User").getByRole("combobox", { name: "ID or Login" })).toBeFocused();

  // Its mapping is chosen in the list of earlier fields, which the button beside the label opens.
  await keyboard.press("Shift+Tab");
  await expect(page.getByRole("button", { name: "Insert field into ID or Login" })).toBeFocused();
  await keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Search fields of earlier cards" })).toBeFocused();
  await keyboard.type("alternate");
  // Admin, Okta User and Group each have one.
  const ofUser = page.getByRole("treeitem", { name: /^Alternate ID/ }).nth(1);
  await expect(async () => {
    await keyboard.press("ArrowDown");
    await expect(ofUser).toHaveAttribute("aria-selected", "true", { timeout: 100 });
  }).toPass({ intervals: [0] });
  await keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "No problems" })).toBeVisible();

  await builder.saved();
  const { document } = await api.flow(flow.id);
  expect(document.edges).toHaveLength(1);
  expect(Object.values(document.cards).map(({ inputs }) => inputs)).toContainEqual({
    user: { ref: [document.edges[0]?.from, "user", "alternateId"] },
  });
});

test("arrows walk along the lines, Enter opens the form, Escape leads back to the card", async ({
  page,
  flows,
}) => {
  const builder = new Builder(page);
  await builder.open(await flows.draft(greeting(unique("Walked"), "Hello")));
  await builder.card("User Added to Group").focus();
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  await expect(builder.card("Greeting")).toBeFocused();
  await page.keyboard.press("Enter");
  const text = builder.form("Greeting").getByRole("textbox", { name: "Text" });
  await expect(text).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(builder.card("Greeting")).toBeFocused();
  await page.keyboard.press("ArrowLeft");
  await expect(builder.card("User Added to Group")).toBeFocused();
});

test("the focus stays in the form when a mapping takes the place of what was typed", async ({
  page,
  flows,
}) => {
  const document = greeting(unique("Mapped"), "Hello");
  const read = { card: "okta.users.read", v: 1 as const, connection: "sandbox" };
  const builder = new Builder(page);
  await builder.open(await flows.draft({ ...document, cards: { ...document.cards, c2: read } }));
  await builder.card("Read User").click();
  const form = builder.form("Read User");
  await form.getByRole("button", { name: "Insert field into ID or Login" }).focus();
  await page.keyboard.press("Enter");
  await page.keyboard.type("alternate");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("combobox", { name: "Search fields of earlier cards" })).toBeHidden();
  await expect(form.locator(":focus")).toHaveCount(1);
});

test("the first Tab leads past the navigation, and the focus can be seen", async ({ page }) => {
  await page.goto("/connections");
  await page.keyboard.press("Tab");
  const skip = page.getByRole("link", { name: "Skip to content" });
  await expect(skip).toBeFocused();
  await expect(skip).toBeInViewport();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("main")).toBeFocused();
  await page.keyboard.press("Tab");
  const connect = page.getByRole("button", { name: "Connect an org" });
  await expect(connect).toBeFocused();
  await expect(connect).not.toHaveCSS("outline-style", "none");
});

test("a dialog keeps the focus and gives it back", async ({ page }) => {
  await page.goto("/connections");
  const connect = page.getByRole("button", { name: "Connect an org" });
  await connect.focus();
  await page.keyboard.press("Enter");
  const dialog = page.getByRole("dialog", { name: "Connect an Okta org" });
  await expect(dialog.getByRole("textbox", { name: "Okta domain" })).toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await page.keyboard.press("Shift+Tab");
  await expect(dialog.locator(":focus")).toHaveCount(1);
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(connect).toBeFocused();
});
