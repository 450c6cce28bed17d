import { greeting } from "./support/documents.ts";
import { needed } from "./support/needed.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

test.use({ expectedErrors: /status of (400|409|422|502)/ });

test("an org is connected, tested, used, and taken away with its hook", async ({ page, api, sandbox }) => {
  const hooksBefore = (await sandbox.hooks()).length;
  const name = unique("Second org");
  await page.goto("/connections");
  await page.getByRole("button", { name: "Connect an org" }).click();
  const dialog = page.getByRole("dialog", { name: "Connect an Okta org" });
  await dialog.getByRole("textbox", { name: "Okta domain" }).fill(needed("SANDBOX_URL"));
  await expect(dialog.getByRole("status").filter({ hasText: "This org is connected already" })).toBeVisible();
  await dialog.getByRole("textbox", { name: "Name" }).fill(name);
  const token = dialog.getByRole("textbox", { name: "API token" });
  await token.fill("00this-token-was-never-given-to-anybody");
  await dialog.getByRole("button", { name: "Connect" }).click();
  await expect(dialog.getByText(/does not accept this API token/).first()).toBeVisible();
  expect(await sandbox.hooks()).toHaveLength(hooksBefore);

  await token.fill(needed("SANDBOX_TOKEN"));
  await dialog.getByRole("button", { name: "Connect" }).click();
  await expect(dialog).toBeHidden();
  const org = page.getByRole("region", { name });
  await expect(org.getByText("Connected", { exact: true })).toBeVisible();
  await expect(org.getByText("No flow uses it yet.")).toBeVisible();
  await expect(org.getByText(/^Event hooks of the org: \d+ of 25\. Event types: 1 of 300\.$/)).toBeVisible();
  await expect(org.getByText(/connected to the same org: each keeps an event hook of its own/)).toBeVisible();
  await org.getByRole("button", { name: "Test connection" }).click();
  await expect(page.getByRole("alert").filter({ hasText: "The connection works" })).toContainText(
    "grace.okafor@example.com",
  );

  const { connections } = await api.call("GET", "/api/connections");
  const { alias } = connections.find((each: { name: string }) => each.name === name);
  const document = greeting(unique("Uses the second org"), "Hello");
  const event = { card: "okta.groups.userAdded", v: 1 as const, connection: alias };
  const flow = await api.create({ ...document, cards: { ...document.cards, c1: event } });
  const published = await api.publish(flow);
  await api.call("POST", `/api/flows/${published.id}/on`);
  await expect(org.getByText("Event hook: verified")).toBeVisible();
  expect(await sandbox.hooks()).toHaveLength(hooksBefore + 1);

  await expect(org.getByRole("link", { name: document.name })).toBeVisible();
  await org.getByRole("button", { name: `More actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  const question = page.getByRole("dialog", { name: `Delete ${name}?` });
  await expect(question.getByText(`while flows use it: ${document.name}`)).toBeVisible();
  await expect(question.getByRole("button", { name: "Delete" })).toBeDisabled();
  await question.getByRole("button", { name: "Cancel" }).click();

  await api.remove(flow.id);
  await expect(org.getByText("No flow uses it yet.")).toBeVisible();
  await org.getByRole("button", { name: `More actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  await question.getByRole("button", { name: "Delete" }).click();
  await expect(org).toBeHidden();
  expect(await sandbox.hooks()).toHaveLength(hooksBefore);
});

test("a token that may not register a hook says which role it lacks, and is revoked with its connection", async ({
  page,
  api,
}) => {
  const { url, token } = await adminsToken("katya.novak");
  const name = unique("Looks only");
  const alias = `looks-${Date.now().toString(36)}`;
  const { id } = await api.call("POST", "/api/connections", { name, alias, orgUrl: url, token });
  await page.goto("/connections");
  const org = page.getByRole("region", { name });
  await expect(org.getByText("Event hook: failed")).toBeVisible();
  await expect(
    org.getByRole("alert").filter({ hasText: "needs the role Super Administrator" }),
  ).toBeVisible();
  await page.getByRole("button", { name: /^Alarms \d+ open$/ }).click();
  await expect(page.getByRole("region", { name: new RegExp(`^${name} has no event hook`) })).toBeVisible();
  await page.keyboard.press("Escape");

  await org.getByRole("button", { name: `More actions for ${name}` }).click();
  await page.getByRole("menuitem", { name: "Delete" }).click();
  const question = page.getByRole("dialog", { name: `Delete ${name}?` });
  await expect(question.getByText(/its API token is revoked at Okta/)).toBeVisible();
  await question.getByRole("button", { name: "Delete" }).click();
  await expect(page.getByText(`${name} was deleted. Its tokens are revoked at Okta.`)).toBeVisible();
  const after = await fetch(`${url}/api/v1/users/me`, { headers: { authorization: `SSWS ${token}` } });
  expect(after.status).toBe(401);
  await expect(api.call("GET", `/api/connections/${id}`)).rejects.toThrow();
});

/** A new API token of an admin of the sandbox org. */
async function adminsToken(user: string): Promise<{ url: string; token: string }> {
  const url = needed("SANDBOX_URL");
  const made = await fetch(`${url}/sandbox/api-tokens`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `SSWS ${needed("SANDBOX_TOKEN")}` },
    body: JSON.stringify({ name: "For one test", user }),
  });
  const { token } = (await made.json()) as { token: string };
  return { url, token };
}

test("the API refuses to delete a connection that flows use, and names them", async ({ api, flows }) => {
  const flow = await flows.draft(greeting(unique("Needs the sandbox"), "Hello"));
  const { connections } = await api.call("GET", "/api/connections");
  const { id } = connections.find(({ alias }: { alias: string }) => alias === "sandbox");
  await expect(api.call("DELETE", `/api/connections/${id}`)).rejects.toThrow(flow.name);
});

test("an address inside the network is refused with words", async ({ page }) => {
  await page.goto("/connections");
  await page.getByRole("button", { name: "Connect an org" }).click();
  const dialog = page.getByRole("dialog", { name: "Connect an Okta org" });
  await dialog.getByRole("textbox", { name: "Okta domain" }).fill("http://10.0.0.7");
  await dialog.getByRole("textbox", { name: "API token" }).fill("00any-token-of-some-length");
  await dialog.getByRole("button", { name: "Connect" }).click();
  await expect(dialog.getByRole("textbox", { name: "Okta domain" })).toHaveAttribute("aria-invalid", "true");
});
