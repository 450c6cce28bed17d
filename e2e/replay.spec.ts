import { signOut } from "./support/documents.ts";
import { ExecutionPage } from "./support/execution-page.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

test("a past event is planned on the draft, then run again on a version somebody chose", async ({
  page,
  api,
  flows,
  sandbox,
}) => {
  const team = await sandbox.createGroup();
  const person = await sandbox.createPerson();
  const clear = `DELETE /api/v1/users/${person.id}/sessions`;
  const flow = await flows.live(signOut(unique("Signs out"), team));
  await sandbox.addToGroup(person, team);
  await api.executionThat("succeeded", flow);
  expect(await sandbox.arrived(clear)).toBe(1);
  await api.publish(await api.flow(flow.id));

  await page.goto("/flows");
  await page.getByRole("button", { name: `More about ${flow.name}` }).click();
  await page.getByRole("menuitem", { name: "Replay past events …" }).click();
  const dialog = page.getByRole("dialog", { name: `Replay past events: ${flow.name}` });
  await dialog.getByRole("searchbox").fill(person.login);
  await expect(dialog.getByRole("row").filter({ hasText: person.name })).toHaveCount(1);
  await dialog.getByRole("combobox", { name: "On" }).click();
  await page.getByRole("option", { name: "The draft as it is now" }).click();
  await dialog.getByRole("button", { name: "Plan 1 event" }).click();

  await expect(
    page.getByRole("heading", { name: `Plan 1 event on the draft of ${flow.name}` }),
  ).toBeVisible();
  await page.getByRole("link", { name: /^Open the execution of / }).click();
  await expect(page.getByRole("status").filter({ hasText: "Succeeded" })).toBeVisible();
  await expect(page.getByRole("link", { name: "All events of this replay" })).toBeVisible();
  expect(await sandbox.arrived(clear)).toBe(1);

  const [first] = (await api.executions(flow.id)).items.filter(({ mode }) => mode === "live");
  await page.goto(`/executions/${first?.id}`);
  await page.getByRole("button", { name: "Retry from the start" }).click();
  await page.getByRole("menuitem", { name: "Another version, the draft, or a plan …" }).click();
  await expect(dialog.getByText("1 event", { exact: true })).toBeVisible();
  await dialog.getByRole("combobox", { name: "On" }).click();
  await page.getByRole("option", { name: "Version 1", exact: true }).click();
  await dialog.getByRole("radio", { name: "Run" }).click();
  const replay = dialog.getByRole("button", { name: "Replay 1 event" });
  await expect(replay).toBeDisabled();
  await dialog.getByRole("checkbox", { name: "I understand that these changes are real" }).check();
  await replay.click();

  await page.getByRole("link", { name: /^Open the execution of / }).click();
  await new ExecutionPage(page).expectStep("Sign out", "Succeeded");
  await expect(page.getByText("on v1", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "an earlier execution" }).click();
  await expect(page).toHaveURL(new RegExp(`/executions/${first?.id}`));
  expect(await sandbox.arrived(clear)).toBe(2);
  // The event has one execution of intake's still.
  const live = (await api.executions(flow.id)).items.filter(({ mode }) => mode === "live");
  expect(live).toHaveLength(1);
  await sandbox.deletePerson(person);
  await sandbox.deleteGroup(team);
});
