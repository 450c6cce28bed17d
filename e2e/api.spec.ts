import { expectAccessible } from "./support/axe.ts";
import { greeting } from "./support/documents.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

test("a token from the settings opens the API, until it is revoked", async ({ page, program }) => {
  const name = unique("Nightly export");
  await page.goto("/settings");
  await page.getByRole("button", { name: "New token" }).click();
  await page.getByRole("dialog", { name: "New API token" }).getByRole("textbox", { name: "Name" }).fill(name);
  await page.getByRole("button", { name: "Create", exact: true }).click();
  const shown = page.getByRole("dialog", { name: "Your new token" });
  const token = await shown.getByText(/^flowdeck_\S+$/).innerText();
  await shown.getByRole("button", { name: "Done" }).click();
  const row = page.getByRole("row").filter({ hasText: name });
  await expect(row.getByText("Never", { exact: true })).toBeVisible();
  await expect(page.getByText(token)).toBeHidden();

  const headers = { authorization: `Bearer ${token}` };
  const flows = await program.get("/api/flows", { headers });
  expect(flows.status()).toBe(200);
  expect((await flows.json()).flows.length).toBeGreaterThanOrEqual(3);

  await page.getByRole("button", { name: `Revoke ${name}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke" }).click();
  await expect(row).toBeHidden();
  expect((await program.get("/api/flows", { headers })).status()).toBe(401);
});

test("a flow's whole life through the API", async ({ program, api, sandbox }) => {
  const { token } = await api.call("POST", "/api/tokens", { name: unique("Script") });
  const headers = { authorization: `Bearer ${token}` };
  const send = async (method: string, path: string, data?: unknown) => {
    const response = await program.fetch(path, { method, data, headers });
    return { status: response.status(), body: await response.json() };
  };
  const document = greeting(unique("By a script"), "Hello");

  const checked = await send("POST", "/api/flows/validate", { document });
  expect(checked).toMatchObject({ status: 200, body: { valid: true } });
  const created = await send("POST", "/api/flows", { document });
  expect(created.body).toMatchObject({ name: document.name, on: false, liveVersion: null });
  const { id, revision } = created.body;
  const early = await send("POST", `/api/flows/${id}/on`);
  expect(early).toMatchObject({ status: 409, body: { error: { hint: "Publish it, then turn it on." } } });

  const published = await send("POST", `/api/flows/${id}/publish`, { revision, note: "First" });
  expect(published.body).toMatchObject({ liveVersion: 1, unpublishedChanges: false });
  expect((await send("POST", `/api/flows/${id}/on`)).body.on).toBe(true);
  await api.turnOn({ id });
  const tested = await send("POST", `/api/flows/${id}/test`, {});
  await expect
    .poll(async () => (await send("GET", `/api/executions/${tested.body.executionId}`)).body)
    .toMatchObject({ mode: "test", status: "succeeded" });
  await sandbox.addToGroup(await sandbox.createPerson(), await sandbox.createGroup());
  await expect
    .poll(async () => (await send("GET", `/api/executions?flowId=${id}&mode=live`)).body.items)
    .toMatchObject([{ status: "succeeded", version: 1 }]);

  expect((await send("GET", `/api/flows/${id}/export`)).body).toMatchObject({ ...document });
  const stale = await send("PUT", `/api/flows/${id}`, { revision: revision - 1, document });
  expect(stale).toMatchObject({ status: 409, body: { error: { code: "conflict" } } });
  expect((await send("POST", `/api/flows/${id}/off`)).body.on).toBe(false);
  expect((await send("DELETE", `/api/flows/${id}`)).status).toBe(200);
  expect((await send("GET", `/api/flows/${id}`)).status).toBe(404);
});

test("an invalid flow is kept as a draft and not published", async ({ api, program, flows }) => {
  const document = greeting(unique("Invalid"), "Hello");
  const flow = await flows.draft({ ...document, edges: [{ from: "c2", out: "next", to: "c2" }] });
  await expect(api.publish(flow)).rejects.toThrow("answered 422");
  const answer = await program.post("/api/flows/validate", { data: { name: "nobody" } });
  expect(answer.status()).toBe(401);
});

test("programs without a token, and pages of other sites, are refused", async ({ page, program }) => {
  for (const path of ["/api/flows", "/api/executions", "/api/connections", "/api/me", "/api/sandbox"]) {
    const answer = await program.get(path);
    expect(answer.status(), path).toBe(401);
    expect((await answer.json()).error.code).toBe("not-signed-in");
  }
  const data = { name: "Made by another site" };
  const others: Record<string, string>[] = [
    { origin: "https://evil.example" },
    { "sec-fetch-site": "cross-site" },
    {},
  ];
  for (const headers of others) {
    // With the owner's cookie, as a browser would add it.
    const answer = await page.request.post("/api/flows", { data, headers });
    expect(answer.status(), JSON.stringify(headers)).toBe(403);
  }
});

test("health and the API's description are there for anybody", async ({ program }) => {
  expect(await (await program.get("/api/health")).json()).toMatchObject({ status: "ok" });
  const description = await (await program.get("/api/openapi.json")).json();
  expect(description.openapi).toMatch(/^3\.1/);
  expect(Object.keys(description.paths)).toContain("/api/flows/{id}/publish");
});

test.describe("pages", () => {
  test.use({ expectedErrors: /status of 404/ });

  test("every page brings a strict content security policy, and keeps it", async ({ page, api }) => {
    const [{ id }] = (await api.call("GET", "/api/flows")).flows;
    const paths = ["/flows", `/flows/${id}`, "/executions", "/connections", "/sandbox", "/settings"];
    for (const path of paths) {
      const answer = await page.goto(path);
      const policy = answer?.headers()["content-security-policy"] ?? "";
      expect(policy, path).toMatch(/default-src 'self';.*script-src 'self' 'nonce-\S+' 'strict-dynamic';/);
      expect(policy, path).not.toContain("unsafe-eval");
      // Refusals would be errors in the browser's console, which fail every test.
      await expect(page.getByRole("main")).toBeVisible();
    }
  });

  test("an address that leads nowhere says so", async ({ page }) => {
    const answer = await page.goto("/nothing-here");
    expect(answer?.status()).toBe(404);
    await expect(page.getByText("There is no such page")).toBeVisible();
    await expectAccessible(page, "an address that leads nowhere");
    await page.getByRole("link", { name: "Go to your flows" }).click();
    await expect(page).toHaveURL("/flows");
  });
});
