import { Builder } from "./support/builder.ts";
import { greeting } from "./support/documents.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

test("each publish is kept, can be looked at, and can be the draft again", async ({ page, flows, api }) => {
  const flow = await flows.draft(greeting(unique("Versions"), "Hello"));
  const builder = new Builder(page);
  await builder.open(flow);
  await builder.publish("The first words");

  await builder.card("Greeting").click();
  const text = builder.form("Greeting").getByRole("textbox", { name: "Text" });
  await text.fill("Goodbye");
  await builder.saved();
  await builder.press("Publish");
  const dialog = page.getByRole("dialog", { name: "Publish this flow" });
  await expect(dialog.getByRole("heading", { name: "1 change since version 1" })).toBeVisible();
  await expect(dialog.getByRole("listitem")).toHaveText(/Greeting.*Text/);
  await dialog.getByRole("button", { name: "Cancel" }).click();
  await builder.publish("Other words");

  await builder.press("More about this flow");
  await page.getByRole("menuitem", { name: "Versions" }).click();
  const versions = page.getByRole("dialog", { name: "Versions" });
  await expect(versions.getByText(/^Version \d$/)).toHaveText(["Version 2", "Version 1"]);
  await expect(versions.getByText("The first words")).toBeVisible();
  await versions.getByRole("button", { name: "View version 1" }).click();
  const view = page.getByRole("dialog", { name: "Version 1, as it was published" });
  await expect(view.getByRole("group", { name: "Greeting, Compose" }).getByText("Hello")).toBeVisible();
  await view.getByRole("button", { name: "Close" }).click();
  await expect(view).toBeHidden();

  await versions.getByRole("button", { name: "Restore version 1" }).click();
  await expect(versions).toBeHidden();
  await expect(builder.card("Greeting").getByText("Hello")).toBeVisible();
  await builder.saved();
  expect((await api.flow(flow.id)).document.cards.c2?.inputs).toEqual({ text: { value: "Hello" } });
  expect((await api.flow(flow.id)).liveVersion).toBe(2);
  await builder.press("Undo");
  await expect(builder.card("Greeting").getByText("Goodbye")).toBeVisible();
});

test("Escape closes a version that is looked at, and not the list under it", async ({ page, flows, api }) => {
  const flow = await flows.draft(greeting(unique("Looked at"), "Hello"));
  await api.publish(flow);
  const builder = new Builder(page);
  await builder.open(flow);
  await builder.press("More about this flow");
  await page.getByRole("menuitem", { name: "Versions" }).click();
  await page.getByRole("button", { name: "View version 1" }).click();
  const view = page.getByRole("dialog", { name: "Version 1, as it was published" });
  await expect(view.getByRole("group", { name: "Greeting, Compose" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(view).toBeHidden();
  await expect(page.getByRole("dialog", { name: "Versions" })).toBeVisible();
});

test("a flow that is off starts nothing, one beside it does", async ({ page, flows, api, sandbox }) => {
  const off = await flows.live(greeting(unique("Off"), "Hello"));
  const on = await flows.live(greeting(unique("On"), "Hello"));
  const [team, person] = [await sandbox.createGroup(), await sandbox.createPerson()];

  await page.goto(`/flows/${off.id}`);
  const state = page.getByRole("switch", { name: "Flow is on" });
  await expect(state).toBeChecked();
  await state.click({ force: true });
  await expect(state).not.toBeChecked();
  await sandbox.addToGroup(person, team);

  await api.executionThat("succeeded", on);
  expect((await api.executions(off.id)).items).toEqual([]);
});

test("the live version runs, not the draft that was changed since", async ({ page, flows, api, sandbox }) => {
  const flow = await flows.live(greeting(unique("Live"), "As published"));
  await api.save(await api.flow(flow.id), greeting(flow.name, "As drafted"));
  await sandbox.addToGroup(await sandbox.createPerson(), await sandbox.createGroup());
  const execution = await api.executionThat("succeeded", flow);
  await page.goto(`/executions/${execution.id}#c2`);
  await expect(page.getByRole("region", { name: "Step: Greeting" }).getByText("As published")).toBeVisible();
});
