import { greeting } from "./support/documents.ts";
import { forgetHistory, writeHistory } from "./support/history.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

test("two thousand executions scroll to their end, and only those in sight exist", async ({
  page,
  flows,
}) => {
  const flow = await flows.draft(greeting(unique("Busy"), "Hello"));
  const all = Array.from({ length: 2000 }, (_, number) => ({
    status: "succeeded" as const,
    subject: `Person ${number + 1}`,
  }));
  await writeHistory(flow.id, all);
  await page.goto(`/executions?flow=${flow.id}`);
  const rows = page.getByRole("row", { name: /^Succeeded: / });
  await expect(
    page.getByRole("row", { name: `Succeeded: ${flow.name}, Person 1`, exact: true }),
  ).toBeVisible();
  const last = page.getByRole("row", { name: `Succeeded: ${flow.name}, Person 2000`, exact: true });
  await rows.first().hover();
  await expect(async () => {
    await page.mouse.wheel(0, 20_000);
    await expect(last).toBeVisible({ timeout: 100 });
  }).toPass({ intervals: [0] });
  expect(await rows.count()).toBeLessThan(100);

  // With the keyboard too: End and Home, and the row is focused.
  await last.click({ trial: true });
  await page.getByRole("grid", { name: "Executions" }).getByRole("row").nth(1).focus();
  await page.keyboard.press("End");
  await expect(last).toBeFocused();
  await page.keyboard.press("Home");
  await expect(
    page.getByRole("row", { name: `Succeeded: ${flow.name}, Person 1`, exact: true }),
  ).toBeFocused();
  await forgetHistory(flow.id);
});

test("two hundred flows are listed and searched", async ({ page, flows }) => {
  const name = unique("Many");
  for (let number = 1; number <= 200; number++) await flows.draft(greeting(`${name} no.${number}`, "Hello"));
  await page.goto("/flows");
  await page.getByRole("textbox", { name: "Search flows" }).fill(name);
  await expect(page.getByText("200 flows", { exact: true })).toBeVisible();
  await expect(page.getByRole("row", { name: new RegExp(name) })).toHaveCount(200);
  await page.getByRole("link", { name: `${name} no.1`, exact: true }).scrollIntoViewIfNeeded();
  await page.getByRole("textbox", { name: "Search flows" }).fill(`${name} no.17`);
  await expect(page.getByText("11 flows", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: `${name} no.171`, exact: true }).click();
  await expect(page.getByRole("button", { name: `Rename flow ${name} no.171` })).toBeVisible();
});
