import { expectAccessible } from "./support/axe.ts";
import { instances } from "./support/needed.ts";
import { OWNER, SESSION_FILE, sessionFile } from "./support/owner.ts";
import { expect, test } from "./support/test.ts";

test.use({ expectedErrors: /status of 400/ });

test("the first visitor creates the owner account, with words for what is missing", async ({ page }) => {
  await page.goto("/");
  await expect(page).toHaveURL("/setup");
  await expect(page.getByRole("heading", { name: "Create the owner account" })).toBeVisible();

  await page.getByRole("textbox", { name: "Your name" }).fill(OWNER.name);
  await page.getByRole("textbox", { name: "Email address" }).fill("olivia");
  await page.getByRole("textbox", { name: "Password" }).fill("short");
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page.getByText("That is no email address.", { exact: true })).toBeVisible();
  await expect(page.getByText("A password has at least 10 characters.", { exact: true })).toBeVisible();
  await expectAccessible(page, "setting up, with what is missing");

  await page.getByRole("textbox", { name: "Email address" }).fill(OWNER.email);
  await page.getByRole("textbox", { name: "Password" }).fill(OWNER.password);
  await page.getByRole("button", { name: "Create account" }).click();
  await expect(page).toHaveURL("/flows");
  await expect(page.getByRole("button", { name: OWNER.name })).toBeVisible();
  await page.context().storageState({ path: SESSION_FILE });
});

for (const [at, { BASE_URL: origin = "" }] of [...instances.entries()].slice(1)) {
  test(`instance ${at + 1} gets the same owner`, async ({ playwright }) => {
    const request = await playwright.request.newContext({ baseURL: origin, extraHTTPHeaders: { origin } });
    await expect(await request.post("/api/setup", { data: OWNER })).toBeOK();
    await request.storageState({ path: sessionFile(at) });
    await request.dispose();
  });
}
