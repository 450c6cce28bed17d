import { expectAccessible } from "./support/axe.ts";
import type { Document } from "./support/console-api.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

/** Reads somebody the org does not have: it fails at once, and changes nothing. */
function readingNobody(name: string): Document {
  return {
    format: 1,
    name,
    cards: {
      c1: { card: "okta.groups.userAdded", v: 1, connection: "sandbox" },
      c2: {
        card: "okta.users.read",
        v: 1,
        title: "Read somebody who is not there",
        connection: "sandbox",
        inputs: { user: { value: "nobody.at.all@example.com" } },
      },
    },
    edges: [{ from: "c1", out: "next", to: "c2" }],
    layout: { c1: [0, 0], c2: [360, 0] },
  };
}

test("a viewer looks and changes nothing, until the owner makes it an admin", async ({
  page,
  strangerPage,
  api,
  flows,
  baseURL,
}) => {
  const [name, person] = [unique("Looked at"), unique("Viewer")];
  const email = `${person.replace(/\W/g, "-")}@example.com`.toLowerCase();
  const flow = await flows.draft(readingNobody(name));
  const { executionId } = await api.call("POST", `/api/flows/${flow.id}/test`, { confirmWrites: true });
  await api.executionThat("failed", flow);

  await page.goto("/settings");
  await page.getByRole("button", { name: "Add an account" }).click();
  const adding = page.getByRole("dialog", { name: "Add an account" });
  await adding.getByRole("textbox", { name: "Name" }).fill(person);
  await adding.getByRole("textbox", { name: "Email address" }).fill(email);
  await adding.getByRole("radio", { name: "Viewer" }).check();
  await expectAccessible(page, "adding an account");
  await adding.getByRole("button", { name: "Add" }).click();
  const handingOver = page.getByRole("dialog", { name: `Link for ${person}` });
  const link = await handingOver.locator("pre").innerText();
  await handingOver.getByRole("button", { name: "Done" }).click();

  await strangerPage.goto(link);
  await strangerPage.getByRole("textbox", { name: "Password" }).fill("chosen by themselves");
  await strangerPage.getByRole("button", { name: "Sign in" }).click();
  await expect(strangerPage).toHaveURL("/flows");

  await test.step("sees the flow, and nothing to change it with", async () => {
    await expect(strangerPage.getByRole("link", { name })).toBeVisible();
    await expect(strangerPage.getByRole("button", { name: "New flow" })).toHaveCount(0);
    await expect(strangerPage.getByRole("switch")).toHaveCount(0);
    await expect(strangerPage.getByRole("link", { name: "Run by hand" })).toHaveCount(0);
    await strangerPage.getByRole("link", { name }).click();
    await expect(strangerPage.getByText("You can look at this flow, not change it")).toBeVisible();
    await strangerPage.getByRole("button", { name: "Outline view" }).click();
    await strangerPage
      .getByRole("list", { name: `Cards of ${name}` })
      .getByRole("button", { name: /^Read somebody who is not there/ })
      .click();
    const card = strangerPage.getByRole("complementary", { name: "Card Read somebody who is not there" });
    await expect(card.getByRole("textbox", { name: "Card title" })).not.toBeEditable();
    await expect(card.getByRole("tab", { name: "Test" })).toHaveCount(0);
    for (const button of ["Publish", "Test flow", "Undo"]) {
      await expect(strangerPage.getByRole("button", { name: button })).toHaveCount(0);
    }
    await expectAccessible(strangerPage, "a flow to look at");
    await strangerPage.keyboard.press("Delete");
  });

  await test.step("sees the execution, and nothing to run it again with", async () => {
    await strangerPage.goto(`/executions?flow=${flow.id}`);
    const row = strangerPage.getByRole("row", { name: `Failed: ${name}` });
    await expect(row).toBeVisible();
    await expect(row.getByRole("button")).toHaveCount(0);
    await expect(strangerPage.getByRole("button", { name: "Actions for all" })).toHaveCount(0);
    await strangerPage.goto(`/executions/${executionId}`);
    await expect(strangerPage.getByRole("heading", { name })).toBeVisible();
    await expect(strangerPage.getByRole("button", { name: /^Retry/ })).toHaveCount(0);
  });

  await test.step("sees connections and the sandbox org, and nothing to act with", async () => {
    await strangerPage.goto("/connections");
    await expect(strangerPage.getByRole("heading", { name: "Sandbox org" })).toBeVisible();
    for (const button of ["Connect an org", "Test connection", "Save limits"]) {
      await expect(strangerPage.getByRole("button", { name: button })).toHaveCount(0);
    }
    await strangerPage.goto("/sandbox?tab=people&text=ann.lee%40example.com");
    await expect(strangerPage.getByRole("table", { name: "People" }).getByText("Ann Lee")).toBeVisible();
    await expect(
      strangerPage.getByRole("button", { name: /^(New person|Reset|Actions for|Remove)/ }),
    ).toHaveCount(0);
    await strangerPage.goto("/settings");
    await expect(strangerPage.getByRole("heading", { name: "Your password" })).toBeVisible();
    await expect(strangerPage.getByRole("heading", { name: "API tokens" })).toHaveCount(0);
  });

  await test.step("is refused where it asks the API itself", async () => {
    const post = (path: string, data: unknown = {}) =>
      strangerPage.request.post(path, { data, headers: { origin: baseURL ?? "" } });
    for (const asked of [
      post(`/api/executions/${executionId}/retry`, { from: "failed" }),
      post(`/api/flows/${flow.id}/publish`, { revision: flow.revision }),
      post("/api/cards/okta.users.read/test", {
        connection: "sandbox",
        inputs: { user: "ann.lee@example.com" },
      }),
    ]) {
      const answer = await asked;
      expect([answer.status(), (await answer.json()).error.code]).toEqual([403, "forbidden"]);
    }
    const { status, steps } = await api.execution(executionId);
    expect([status, steps.filter(({ path }) => path === "c2").length]).toEqual(["failed", 1]);
    expect(await api.flow(flow.id)).toMatchObject({ revision: flow.revision, liveVersion: null });
  });

  await page.reload();
  await page.getByRole("combobox", { name: `Role of ${person}` }).click();
  await page.getByRole("option", { name: "Admin" }).click();
  const changing = page.getByRole("dialog", { name: `Make ${person} an admin?` });
  await changing.getByRole("button", { name: "Make them an admin" }).click();
  await expect(changing).toBeHidden();

  await strangerPage.goto("/flows");
  await expect(strangerPage.getByRole("button", { name: "New flow" })).toBeVisible();
  await strangerPage.goto(`/executions/${executionId}`);
  await expect(strangerPage.getByRole("button", { name: "Retry from the failed card" })).toBeVisible();
  await expect(strangerPage.getByRole("link", { name: "Run by hand" })).toBeVisible();

  await page.getByRole("button", { name: `Remove ${person}` }).click();
  const removing = page.getByRole("dialog", { name: `Remove ${person}?` });
  await removing.getByRole("button", { name: "Remove" }).click();
  await expect(page.getByRole("row").filter({ hasText: person })).toHaveCount(0);
});
