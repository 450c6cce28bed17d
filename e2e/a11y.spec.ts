import { expectAccessible } from "./support/axe.ts";
import { Builder } from "./support/builder.ts";
import { greeting } from "./support/documents.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme, reducedMotion: "reduce" });

    test("the pages outside the console", async ({ strangerPage: page }) => {
      await page.emulateMedia({ colorScheme });
      await page.goto("/sign-in");
      await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
      await expectAccessible(page, "/sign-in");
    });

    test("the pages of the console", async ({ page }) => {
      for (const [path, heading] of [
        ["/flows", "Flows"],
        ["/executions", "Executions"],
        ["/connections", "Connections"],
        ["/sandbox", "Sandbox org"],
        ["/settings", "Settings"],
      ] as const) {
        await page.goto(path);
        await expect(page.getByRole("heading", { name: heading, exact: true })).toBeVisible();
        await expect(page.getByText("Loading", { exact: true })).toHaveCount(0);
        await expectAccessible(page, path);
      }
    });

    test("the builder, its form, its outline and its problems", async ({ page, flows }) => {
      const flow = await flows.draft(greeting(unique("Readable"), "Hello"));
      const builder = new Builder(page);
      await builder.open(flow);
      await expectAccessible(page, "canvas");
      await builder.card("User Added to Group").click();
      await builder.clickIn("Read User");
      await expect(builder.form("Read User")).toBeVisible();
      await expectAccessible(page, "a card's form with a problem");
      await builder.form("Read User").getByRole("tab", { name: "Test" }).click();
      await expectAccessible(page, "a card's test");
      await builder.press("Outline view");
      await expect(page.getByRole("region", { name: "Outline" })).toBeVisible();
      await expectAccessible(page, "outline");
    });

    test("the builder's dialogs", async ({ page, flows }) => {
      const flow = await flows.draft(greeting(unique("Dialogs"), "Hello"));
      const builder = new Builder(page);
      await builder.open(flow);
      await builder.press("Test flow");
      await expect(page.getByRole("dialog").getByText("group.user_membership.add")).toBeVisible();
      await expectAccessible(page, "test flow");
      await page.keyboard.press("Escape");
      await builder.press("Publish");
      await expect(page.getByRole("heading", { name: "First version" })).toBeVisible();
      await expectAccessible(page, "publish");
      await page.keyboard.press("Escape");
      await builder.press("Keyboard shortcuts");
      await expect(page.getByRole("dialog", { name: "Keyboard shortcuts" })).toBeVisible();
      await expectAccessible(page, "shortcuts");
      await page.keyboard.press("Escape");
      await builder.press("More about this flow");
      await page.getByRole("menuitem", { name: "Versions" }).click();
      await expect(page.getByText("Nothing is published yet.")).toBeVisible();
      await expectAccessible(page, "versions");
    });

    test("an execution", async ({ page, flows, api }) => {
      const flow = await flows.draft(greeting(unique("Ran"), "Hello"));
      const { executionId } = await api.call("POST", `/api/flows/${flow.id}/test`, {});
      await api.executionThat("succeeded", flow);
      await page.goto(`/executions/${executionId}`);
      await expect(page.getByRole("region", { name: /^Step: / })).toBeVisible();
      await expect(page.getByRole("group", { name: "Greeting, Compose" })).toBeVisible();
      await expectAccessible(page, "execution");
    });

    test("the dialogs of connections, settings and the sandbox org", async ({ page }) => {
      for (const [path, button] of [
        ["/connections", "Connect an org"],
        ["/settings", "New token"],
        ["/sandbox", "New person"],
      ] as const) {
        await page.goto(path);
        await page.getByRole("button", { name: button }).click();
        await expect(page.getByRole("dialog").getByRole("textbox").first()).toBeFocused();
        await expectAccessible(page, `${path}: ${button}`);
      }
    });
  });
}
