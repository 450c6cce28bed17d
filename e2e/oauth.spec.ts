import type { Page } from "@playwright/test";
import { expectAccessible } from "./support/axe.ts";
import { needed } from "./support/needed.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

const WEB_APP = { id: "0oaSandboxWebApp005d", secret: "sandbox-client-secret-that-guards-nothing" };

/** Opens the dialog that connects an org, at one of its ways. */
async function openDialog(page: Page, way: string) {
  await page.goto("/connections");
  await page.getByRole("button", { name: "Connect an org" }).click();
  const dialog = page.getByRole("dialog", { name: "Connect an Okta org" });
  await dialog.getByText(way, { exact: true }).click();
  await expect(dialog.getByRole("radio", { name: way })).toBeChecked();
  await dialog.getByRole("textbox", { name: "Okta domain" }).fill(needed("SANDBOX_URL"));
  return dialog;
}

/** Connects the sandbox org by consent and comes back to the connections page. */
async function connectByConsent(page: Page, name: string): Promise<void> {
  const dialog = await openDialog(page, "OAuth 2.0");
  await dialog.getByRole("textbox", { name: "Client ID" }).fill(WEB_APP.id);
  await dialog.getByRole("textbox", { name: "Client secret" }).fill(WEB_APP.secret);
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("button", { name: "Continue in Okta" }).click();
  await expect(page.getByRole("status").filter({ hasText: `${name} is authorized.` })).toBeVisible();
  await expect(page).toHaveURL("/connections");
}

async function deleteConnection(page: Page, name: string): Promise<void> {
  const org = page.getByRole("region", { name });
  await org.getByRole("button", { name: `More actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect(org).toBeHidden();
}

test("an org is connected by OAuth, through its own page and back", async ({ page, sandbox }) => {
  const hooksBefore = (await sandbox.hooks()).length;
  const name = unique("By consent");
  const dialog = await openDialog(page, "OAuth 2.0");
  await expect(dialog.getByRole("group", { name: "Sign-in redirect URI" })).toContainText("/oauth/callback");
  await expect(dialog.getByText("okta.eventHooks.manage")).toBeVisible();
  await expectAccessible(page, "connecting an org by OAuth");
  await connectByConsent(page, name);
  const org = page.getByRole("region", { name });
  await expect(org.getByText("Connected", { exact: true })).toBeVisible();
  await expect(org.getByText("OAuth 2.0", { exact: true })).toBeVisible();
  await expect(org.getByText(WEB_APP.id)).toBeVisible();
  await expect(org.getByText("grace.okafor@example.com")).toBeVisible();
  await expectAccessible(page, "the connections page with an OAuth connection");
  await org.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The connection works" })).toBeVisible();

  await org.getByRole("button", { name: "Authorize again" }).click();
  await expect(page.getByRole("status").filter({ hasText: `${name} is authorized.` })).toBeVisible();
  await deleteConnection(page, name);
  expect(await sandbox.hooks()).toHaveLength(hooksBefore);
});

test("a consent that failed is begun again without typing all of it", async ({ page }) => {
  const name = unique("Second try");
  const dialog = await openDialog(page, "OAuth 2.0");
  await dialog.getByRole("textbox", { name: "Client ID" }).fill(WEB_APP.id);
  await dialog.getByRole("textbox", { name: "Client secret" }).fill("mistyped");
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  await dialog.getByRole("button", { name: "Continue in Okta" }).click();
  await page.getByRole("alert").getByRole("button", { name: "Open the form again" }).click();
  await expect(dialog.getByRole("textbox", { name: "Okta domain" })).toHaveValue(needed("SANDBOX_URL"));
  await expect(dialog.getByRole("textbox", { name: "Client ID" })).toHaveValue(WEB_APP.id);
  await expect(dialog.getByRole("textbox", { name: "Name" })).toHaveValue(name);
  // The secret is kept nowhere in the browser.
  await expect(dialog.getByRole("textbox", { name: "Client secret" })).toHaveValue("");
  await dialog.getByRole("textbox", { name: "Client secret" }).fill(WEB_APP.secret);
  await dialog.getByRole("button", { name: "Continue in Okta" }).click();
  await expect(page.getByRole("status").filter({ hasText: `${name} is authorized.` })).toBeVisible();
  await deleteConnection(page, name);
});

test.describe("a service app", () => {
  test.use({ expectedErrors: /status of 502/ });

  test("is connected with a key that is made here", async ({ page, sandbox }) => {
    const name = unique("Service app");
    const dialog = await openDialog(page, "Service app");
    await dialog.getByRole("button", { name: "Make a key pair" }).click();
    const shown = await dialog.getByRole("group", { name: "Public key" }).locator("pre").innerText();
    const publicKey = JSON.parse(shown);
    expect(publicKey).toMatchObject({ kty: "EC", crv: "P-256" });
    expect(publicKey).not.toHaveProperty("d");
    await dialog.getByRole("textbox", { name: "Client ID" }).fill("0oa-nobody-knows-it");
    await dialog.getByRole("textbox", { name: "Name" }).fill(name);
    await dialog.getByRole("button", { name: "Connect" }).click();
    await expect(dialog.getByRole("alert").filter({ hasText: "refused" })).toBeVisible();

    const app = { auth: "private_key_jwt", grants: ["client_credentials"], keys: [publicKey], dpop: true };
    const { id } = await sandbox.createClient(app);
    await dialog.getByRole("textbox", { name: "Client ID" }).fill(id);
    await dialog.getByRole("button", { name: "Connect" }).click();
    await expect(dialog).toBeHidden();
    const org = page.getByRole("region", { name });
    await expect(org.getByText("Service app", { exact: true })).toBeVisible();
    await expect(org.getByText(id)).toBeVisible();
    await org.getByRole("button", { name: "Authorize again" }).click();
    await expect(page.getByText(`${name} is authorized.`)).toBeVisible();
    await deleteConnection(page, name);
  });
});

test("an admin is invited, consents, is removed, and somebody else's consent mends it", async ({
  page,
  strangerPage,
}) => {
  const [person, name] = [unique("Invited"), unique("Their org")];
  const email = `${person.replace(/\W/g, "-")}@example.com`.toLowerCase();
  await page.goto("/settings");
  await page.getByRole("button", { name: "Add an account" }).click();
  const adding = page.getByRole("dialog", { name: "Add an account" });
  await adding.getByRole("textbox", { name: "Name" }).fill(person);
  await adding.getByRole("textbox", { name: "Email address" }).fill(email);
  await adding.getByRole("button", { name: "Add" }).click();
  const handingOver = page.getByRole("dialog", { name: `Link for ${person}` });
  const link = await handingOver.locator("pre").innerText();
  await expectAccessible(page, "the link of an invitation");
  await handingOver.getByRole("button", { name: "Done" }).click();
  await expect(page.getByRole("row").filter({ hasText: person })).toContainText("Invited");

  await strangerPage.goto(link);
  await strangerPage.getByRole("textbox", { name: "Password" }).fill("chosen by themselves");
  await strangerPage.getByRole("button", { name: "Sign in" }).click();
  await expect(strangerPage).toHaveURL("/flows");
  await connectByConsent(strangerPage, name);

  await page.reload();
  await page.getByRole("button", { name: `Remove ${person}` }).click();
  const removing = page.getByRole("dialog", { name: `Remove ${person}?` });
  await expect(removing).toContainText(`${name}: the consent is revoked at Okta`);
  await removing.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("row").filter({ hasText: person })).toHaveCount(0);
  await strangerPage.goto("/flows");
  await expect(strangerPage).toHaveURL("/sign-in?next=%2Fflows");

  await page.getByRole("button", { name: /^Alarms \d+ open$/ }).click();
  const alarm = page.getByRole("region", { name: new RegExp(`^${name}: It was authorized by ${person}`) });
  await expectAccessible(page, "the open alarms");
  await alarm.getByRole("link", { name: "Show" }).click();
  const org = page.getByRole("region", { name, exact: true });
  await expect(org.getByText("Broken", { exact: true })).toBeVisible();
  await org.getByRole("button", { name: "Authorize again" }).click();
  await expect(page.getByRole("status").filter({ hasText: `${name} is authorized.` })).toBeVisible();
  await expect(org.getByText("Connected", { exact: true })).toBeVisible();
  await deleteConnection(page, name);
});
