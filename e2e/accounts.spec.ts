import type { Page } from "@playwright/test";
import { OWNER } from "./support/owner.ts";
import { expect, test } from "./support/test.ts";

/** Fills and sends the form of /sign-in. */
async function signIn(page: Page, password: string): Promise<void> {
  await page.getByRole("textbox", { name: "Email address" }).fill(OWNER.email);
  await page.getByRole("textbox", { name: "Password" }).fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
}

test.describe("once an owner exists", () => {
  test.use({ expectedErrors: /status of 4\d\d/ });

  test("a second setup is refused, by page and by API", async ({ strangerPage, program, baseURL }) => {
    await strangerPage.goto("/setup");
    await expect(strangerPage).toHaveURL(/\/sign-in/);
    const answer = await program.post("/api/setup", {
      data: { name: "Mallory", email: "mallory@example.com", password: "a long password" },
      headers: { origin: baseURL ?? "" },
    });
    expect(answer.status()).toBe(409);
    expect((await answer.json()).error.message).toBe("The owner account exists already.");
  });

  test("who is not signed in is led back to where they wanted to go", async ({ strangerPage: page }) => {
    await page.goto("/executions?status=failed");
    await expect(page).toHaveURL("/sign-in?next=%2Fexecutions%3Fstatus%3Dfailed");
    await signIn(page, "not the password");
    await expect(page.getByRole("alert").filter({ hasText: /password/i })).toBeVisible();
    await signIn(page, OWNER.password);
    await expect(page).toHaveURL("/executions?status=failed");
    await expect(page.getByRole("heading", { name: "Executions" })).toBeVisible();
  });

  test("nobody is led to another site", async ({ strangerPage: page }) => {
    await page.goto("/sign-in?next=//evil.example/flows");
    await signIn(page, OWNER.password);
    await expect(page).toHaveURL("/flows");
  });
});

test("signing out ends the session", async ({ strangerPage: page }) => {
  await page.goto("/sign-in");
  await signIn(page, OWNER.password);
  await expect(page).toHaveURL("/flows");
  await page.getByRole("button", { name: OWNER.name }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/\/sign-in/);
  await page.goto("/flows");
  await expect(page).toHaveURL("/sign-in?next=%2Fflows");
});

test.describe("sessions", () => {
  test.use({ expectedErrors: /status of 401/ });

  test("one ended in the settings is signed out where it was", async ({ page, strangerPage, api }) => {
    const before = (await api.call("GET", "/api/sessions")).sessions.length;
    await strangerPage.goto("/sign-in");
    await signIn(strangerPage, OWNER.password);
    await expect(strangerPage).toHaveURL("/flows");

    await page.goto("/settings");
    const rows = page.getByRole("row").filter({ hasText: "Chrome on" });
    await expect(rows).toHaveCount(before + 1);
    const { sessions } = await api.call("GET", "/api/sessions");
    const newest = sessions
      .map(({ createdAt }: { createdAt: string }) => createdAt)
      .sort()
      .at(-1);
    await page
      .getByRole("row")
      .filter({ has: page.locator(`time[datetime="${newest}"]`) })
      .getByRole("button", { name: "End" })
      .click();
    await expect(page.getByText("The session was ended.")).toBeVisible();
    await expect(rows).toHaveCount(before);

    await strangerPage.goto("/flows");
    await expect(strangerPage).toHaveURL("/sign-in?next=%2Fflows");
    await page.reload();
    await expect(page.getByText("This one")).toBeVisible();
  });
});
