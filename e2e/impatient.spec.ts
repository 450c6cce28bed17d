import { Builder } from "./support/builder.ts";
import { greeting } from "./support/documents.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

test("a double click publishes one version", async ({ page, flows, api }) => {
  const flow = await flows.draft(greeting(unique("Twice"), "Hello"));
  const builder = new Builder(page);
  await builder.open(flow);
  await builder.press("Publish");
  await page.getByRole("button", { name: "Publish version" }).dblclick();
  await expect(page.getByRole("dialog")).toBeHidden();
  await builder.saved();
  expect((await api.flow(flow.id)).liveVersion).toBe(1);
});

test("a double click creates one token, and opens a dialog that stays", async ({ page }) => {
  await page.goto("/settings");
  await page.getByRole("button", { name: "New token" }).dblclick();
  const dialog = page.getByRole("dialog");
  const name = unique("Once");
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("button", { name: "Create" }).dblclick();
  await dialog.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row", { name: new RegExp(name) })).toHaveCount(1);
});

test("a double click makes one flow", async ({ page, flows }) => {
  await page.goto("/flows");
  const made: string[] = [];
  page.on("response", (response) => {
    if (response.request().method() === "POST" && response.url().endsWith("/api/flows"))
      made.push(response.url());
  });
  await page.getByRole("button", { name: "New flow" }).first().dblclick();
  await expect(page).toHaveURL(/\/flows\/[0-9a-f-]{36}$/);
  flows.adopt(page.url().split("/").at(-1) ?? "");
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  expect(made).toHaveLength(1);
});
