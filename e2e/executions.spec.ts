import { Builder } from "./support/builder.ts";
import { assignTeam, greeting, joinTwo } from "./support/documents.ts";
import { forgetHistory, writeHistory } from "./support/history.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

test("retrying from the failed card does not repeat what was done", async ({ page, api, flows, sandbox }) => {
  const groups = [
    await sandbox.createGroup(),
    await sandbox.createGroup(),
    await sandbox.createGroup(),
  ] as const;
  const [team, first, second] = groups;
  const person = await sandbox.createPerson();
  const writeOf = ({ id }: { id: string }) => `PUT /api/v1/groups/${id}/users/${person.id}`;
  await sandbox.faults({ fault: "500", method: "PUT", pathPrefix: `/api/v1/groups/${second.id}/` });
  const flow = await flows.live(joinTwo(unique("Stumbles"), { from: team, to: [first, second] }));
  await page.goto(`/executions?flow=${flow.id}`);
  await sandbox.addToGroup(person, team);

  const row = page.getByRole("row", { name: `Failed: ${flow.name}, ${person.name}` });
  await expect(row).toBeVisible();
  await row.click();
  const step = page.getByRole("region", { name: "Step: Into the second" });
  await expect(step.getByText("Outcome unknown", { exact: true })).toBeVisible();
  await expect(step.getByText("500", { exact: true })).toBeVisible();
  expect(await sandbox.applied(writeOf(first))).toBe(1);

  await sandbox.faults();
  await page.getByRole("button", { name: "Retry from the failed card" }).click();
  const question = page.getByRole("dialog", { name: "Try it again?" });
  await expect(question.getByRole("listitem")).toHaveText([
    "Into the second (may have taken effect: it is not known)",
  ]);
  await expect(question.getByText(/the change that was made is kept/)).toBeVisible();
  await question.getByRole("button", { name: "Try again" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Succeeded" })).toBeVisible();
  await page
    .getByRole("list", { name: "Steps" })
    .getByRole("button", { name: /^Into the second/ })
    .click();
  await step.getByRole("tab", { name: "Attempts (2)" }).click();
  await expect(step.getByText("Attempt 1", { exact: true })).toBeVisible();
  await expect(step.getByText("Attempt 2", { exact: true })).toBeVisible();
  expect(await sandbox.arrived(writeOf(first))).toBe(1);
  expect(await sandbox.applied(writeOf(second))).toBe(1);
  expect(
    (await api.executions(flow.id)).items.filter(({ subject }) => subject.includes(team.name)),
  ).toHaveLength(1);
});

test("one that waits for Okta's rate limit can be cancelled", async ({ page, flows, sandbox }) => {
  const team = await sandbox.createGroup();
  const app = await sandbox.createApp();
  const person = await sandbox.createPerson();
  // All flows wait with a bucket that is used up. No other test writes to applications after this one.
  const pathPrefix = `/api/v1/apps/${app.id}/`;
  await sandbox.faults({ fault: "429", method: "PUT", pathPrefix, resetSeconds: 600 });
  const flow = await flows.live(assignTeam(unique("Waits"), team, app));
  await page.goto(`/executions?flow=${flow.id}`);
  await sandbox.addToGroup(person, team);

  const row = page.getByRole("row", { name: `Waiting: ${flow.name}, ${person.name}` });
  await expect(row.getByText(/Until/)).toBeVisible();
  await row.click();
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Cancel this execution?" });
  await dialog.getByRole("button", { name: "Cancel the execution" }).click();
  await expect(page.getByRole("status").filter({ hasText: "Cancelled" })).toBeVisible();
  await expect(page.getByRole("button", { name: "Go on where it stopped" })).toBeVisible();
  await page.getByRole("link", { name: "All executions" }).click();
  await expect(page.getByRole("row", { name: `Cancelled: ${flow.name}, ${person.name}` })).toBeVisible();
  await sandbox.faults();
  await sandbox.deleteApp(app);
});

test("filters stand in the address, and the back button takes them away", async ({ page, flows }) => {
  const flow = await flows.draft(greeting(unique("Filtered"), "Hello"));
  await writeHistory(flow.id, [
    { status: "succeeded", subject: "Ann Lee (ann@example.com)" },
    { status: "failed", subject: "Bob Ray (bob@example.com)" },
    { status: "failed", subject: "Ann Day (day@example.com)" },
  ]);
  await page.goto("/executions");
  await page
    .getByRole("combobox", { name: "Flow" })
    .or(page.getByRole("textbox", { name: "Flow" }))
    .click();
  await page.getByRole("option", { name: flow.name }).click();
  const rows = page.getByRole("row", { name: new RegExp(flow.name) });
  await expect(rows).toHaveCount(3);
  await expect(page).toHaveURL(`/executions?flow=${flow.id}`);

  await page
    .getByRole("combobox", { name: "Status" })
    .or(page.getByRole("textbox", { name: "Status" }))
    .click();
  await page.getByRole("option", { name: "Failed" }).click();
  await expect(rows).toHaveCount(2);
  await expect(page).toHaveURL(`/executions?flow=${flow.id}&status=failed`);
  await page.keyboard.press("Escape");

  await page.getByRole("searchbox", { name: "Search in names, logins and errors" }).fill("ann");
  await expect(rows).toHaveCount(1);
  await expect(page).toHaveURL(`/executions?flow=${flow.id}&status=failed&text=ann`);
  await page.reload();
  await expect(page.getByRole("row", { name: `Failed: ${flow.name}, Ann Day` })).toBeVisible();
  await expect(rows).toHaveCount(1);

  await page.goBack();
  await expect(page).toHaveURL(`/executions?flow=${flow.id}`);
  await expect(rows).toHaveCount(3);
  await page.getByRole("searchbox", { name: "Search in names, logins and errors" }).fill("nobody at all");
  await expect(page.getByText("No execution matches")).toBeVisible();
  await page.getByRole("button", { name: "Clear filters" }).last().click();
  await expect(page).toHaveURL("/executions");
  await expect(rows).toHaveCount(3);
  await forgetHistory(flow.id);
});

test("a flow's menu leads to its own executions", async ({ page, flows }) => {
  const [flow, other] = [
    await flows.draft(greeting(unique("Mine"), "Hello")),
    await flows.draft(greeting(unique("Other"), "Hello")),
  ];
  await writeHistory(flow.id, [{ status: "succeeded", subject: "Ann Lee" }]);
  await writeHistory(other.id, [{ status: "succeeded", subject: "Bob Ray" }]);
  const builder = new Builder(page);
  await builder.open(flow);
  await builder.press("More about this flow");
  await page.getByRole("menuitem", { name: "Executions" }).click();
  await expect(page.getByRole("row", { name: `Succeeded: ${flow.name}, Ann Lee` })).toBeVisible();
  await expect(page.getByRole("row", { name: `Succeeded: ${other.name}` })).toBeHidden();
  await forgetHistory(flow.id);
  await forgetHistory(other.id);
});
