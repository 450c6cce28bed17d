import { Builder } from "./support/builder.ts";
import type { Flow } from "./support/console-api.ts";
import { greeting } from "./support/documents.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

async function typeWords(builder: Builder, words: string): Promise<void> {
  await builder.card("Greeting").click();
  await builder.form("Greeting").getByRole("textbox", { name: "Text" }).fill(words);
}

const wordsOf = (flow: Flow) => flow.document.cards.c2?.inputs?.text;

test.describe("two tabs edit one flow", () => {
  test.use({ expectedErrors: /status of 409/ });

  test.beforeEach(async ({ page, context, flows }, { annotations }) => {
    const flow = await flows.draft(greeting(unique("Shared"), "Hello"));
    annotations.push({ type: "flow", description: flow.id });
    const [first, second] = [new Builder(await context.newPage()), new Builder(page)];
    await first.open(flow);
    await second.open(flow);
    await typeWords(first, "Theirs");
    await first.saved();
    await expect(first.saveState).toHaveText("Saved");
    await typeWords(second, "Mine");
    const dialog = page.getByRole("dialog", {
      name: "You saved this flow in another tab",
    });
    await expect(dialog.getByRole("listitem")).toHaveText(/Greeting.*Text/);
    await expect(second.saveState).toHaveText("Not saved: changed elsewhere");
  });

  test("taking the saved version shows and keeps it", async ({ page, api }, { annotations }) => {
    const builder = new Builder(page);
    await builder.press("Take the saved version");
    await expect(builder.card("Greeting").getByText("Theirs")).toBeVisible();
    await builder.saved();
    expect(wordsOf(await api.flow(flowOf(annotations)))).toEqual({ value: "Theirs" });
    // Mine is one undo away, and saved like any other edit.
    await builder.press("Undo");
    await expect(builder.card("Greeting").getByText("Mine")).toBeVisible();
    await expect.poll(async () => wordsOf(await api.flow(flowOf(annotations)))).toEqual({ value: "Mine" });
  });

  test("looking first changes nothing, and the question can be asked again", async ({ page, api }, {
    annotations,
  }) => {
    const builder = new Builder(page);
    await builder.press("Look first");
    await expect(builder.card("Greeting").getByText("Mine")).toBeVisible();
    await expect(builder.saveState).toHaveText("Not saved: changed elsewhere");
    expect(wordsOf(await api.flow(flowOf(annotations)))).toEqual({ value: "Theirs" });
    await builder.press("Decide");
    await builder.press("Keep mine (save over)");
    await builder.saved();
    expect(wordsOf(await api.flow(flowOf(annotations)))).toEqual({ value: "Mine" });
  });

  test("keeping mine saves over theirs", async ({ page, api }, { annotations }) => {
    const builder = new Builder(page);
    await builder.press("Keep mine (save over)");
    await builder.saved();
    await expect(builder.card("Greeting").getByText("Mine")).toBeVisible();
    expect(wordsOf(await api.flow(flowOf(annotations)))).toEqual({ value: "Mine" });
  });

  test("copying mine keeps both", async ({ page, api }, { annotations }) => {
    const builder = new Builder(page);
    await builder.press("Copy mine as a new flow");
    await expect(page.getByRole("button", { name: /^Rename flow Shared .* \(my changes\)$/ })).toBeVisible();
    await expect(builder.card("Greeting").getByText("Mine")).toBeVisible();
    expect(wordsOf(await api.flow(flowOf(annotations)))).toEqual({ value: "Theirs" });
    const copy = page.url().split("/").at(-1) ?? "";
    expect(wordsOf(await api.flow(copy))).toEqual({ value: "Mine" });
    await api.remove(copy);
  });
});

function flowOf(annotations: { type: string; description?: string }[]): string {
  return annotations.find(({ type }) => type === "flow")?.description ?? "";
}

test.describe("without a network", () => {
  test.use({ expectedErrors: /ERR_INTERNET_DISCONNECTED|Failed to load chunk/ });

  test("edits are kept, and saved when it is back", async ({ page, context, flows, api }) => {
    const flow = await flows.draft(greeting(unique("Offline"), "Hello"));
    const builder = new Builder(page);
    await builder.open(flow);
    await builder.card("Greeting").click();
    await expect(builder.form("Greeting")).toBeVisible();
    await context.setOffline(true);
    await typeWords(builder, "Typed in a tunnel");
    await expect(builder.saveState).toHaveText("Not saved, trying again");
    await expect(page.getByRole("alert").filter({ hasText: "kept in this tab" })).toBeVisible();
    expect(wordsOf(await api.flow(flow.id))).toEqual({ value: "Hello" });

    await context.setOffline(false);
    await builder.saved();
    expect(wordsOf(await api.flow(flow.id))).toEqual({ value: "Typed in a tunnel" });
    await page.reload();
    await expect(builder.card("Greeting").getByText("Typed in a tunnel")).toBeVisible();
  });

  test("a part of the page that can't be fetched does not take the page and its edits away", async ({
    page,
    context,
    flows,
  }) => {
    const builder = new Builder(page);
    await builder.open(await flows.draft(greeting(unique("Kept"), "Hello")));
    await context.setOffline(true);
    // Forms are fetched with the first card that is selected.
    await builder.clickIn("Compose");
    await expect(builder.saveState).toHaveText("Not saved, trying again");
    await expect(builder.card("Compose")).toBeVisible();
    await context.setOffline(false);
    await builder.saved();
    await expect(builder.form("Compose")).toBeVisible();
  });

  test("closing the tab asks first, once saved it does not", async ({ page, context, flows }) => {
    const builder = new Builder(page);
    await builder.open(await flows.draft(greeting(unique("Closing"), "Hello")));
    await builder.card("Greeting").click();
    await expect(builder.form("Greeting")).toBeVisible();
    await context.setOffline(true);
    await typeWords(builder, "Not saved yet");
    await expect(builder.saveState).toHaveText("Not saved, trying again");
    const [question] = await Promise.all([
      page.waitForEvent("dialog"),
      page.close({ runBeforeUnload: true }),
    ]);
    expect(question.type()).toBe("beforeunload");
    await question.dismiss();
    await expect(builder.card("Greeting").getByText("Not saved yet")).toBeVisible();

    await context.setOffline(false);
    await builder.saved();
    const closed = page.waitForEvent("close");
    await page.close({ runBeforeUnload: true });
    await closed;
  });
});

test("leaving right after an edit loses nothing", async ({ page, flows, api }) => {
  const flow = await flows.draft(greeting(unique("Leaving"), "Hello"));
  const builder = new Builder(page);
  await builder.open(flow);
  await typeWords(builder, "The last word");
  await page.getByRole("link", { name: "All flows" }).click();
  await expect(page.getByRole("link", { name: flow.name })).toBeVisible();
  await expect.poll(async () => wordsOf(await api.flow(flow.id))).toEqual({ value: "The last word" });
});
