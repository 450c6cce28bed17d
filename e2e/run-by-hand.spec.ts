import { expectAccessible } from "./support/axe.ts";
import { expect, test } from "./support/test.ts";

test("adds a pasted list of people to a group, leaving a bad row out", async ({ page, sandbox }) => {
  const group = await sandbox.createGroup();
  const people = [
    await sandbox.createPerson(),
    await sandbox.createPerson(),
    await sandbox.createPerson(),
  ] as const;
  await page.goto("/run");
  await page.getByRole("textbox", { name: "Search actions" }).fill("add user to group");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("heading", { name: "Add User to Group" })).toBeVisible();

  await page.getByText("List or CSV", { exact: true }).click();
  const lines = ["Name,User ID", ...people.map(({ id, name }) => `${name},${id}`), '"Nobody, really",'];
  await page.getByRole("textbox", { name: "List" }).fill(lines.join("\r\n"));
  await expect(page.getByText("4 rows", { exact: true })).toBeVisible();
  // Who looks something up in between finds the list where it was.
  await page.getByRole("link", { name: "Executions" }).click();
  await expect(page.getByRole("heading", { name: "Executions", level: 1 })).toBeVisible();
  await page.goBack();
  await expect(page.getByText("4 rows", { exact: true })).toBeVisible();
  await expect(page.getByLabel("Input for User ID").first()).toHaveValue(/User/);
  await expect(page.getByLabel("Input for Name").first()).toHaveValue("");
  await page.getByRole("combobox", { name: "Group ID" }).fill(group.id);
  await page.getByRole("button", { name: "Preview" }).click();

  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview.getByText("3 rows can be started, 1 can't.")).toBeVisible();
  await expect(preview.getByRole("list", { name: "Rows that can't be started" })).toContainText("Line 5");
  await expect(preview.getByText(`PUT /api/v1/groups/${group.id}/users/${people[0].id}`)).toBeVisible();
  await expect(preview.getByText(`${people[0].name} (${people[0].login})`)).toBeVisible();
  await expectAccessible(page, "the preview of a run by hand");
  const start = preview.getByRole("button", { name: "Start 3 rows" });
  await expect(start).toBeDisabled();
  await preview.getByRole("checkbox", { name: "Leave it out and start the others" }).check();
  await start.click();
  const dialog = page.getByRole("dialog", { name: "Run “Add User to Group” 3 times?" });
  await dialog.getByRole("button", { name: "Make 3 changes" }).dblclick();

  await expect(page).toHaveURL(/\/run\/[\da-f-]{36}$/);
  await expect(page.getByRole("status").filter({ hasText: "Finished" })).toBeVisible();
  await expect(page.getByText("3 of 4 rows done, 1 left out")).toBeVisible();
  const rows = page.getByRole("table", { name: "Results" });
  await expect(rows.getByText("Succeeded", { exact: true })).toHaveCount(3);
  await expect(rows.getByText("Left out", { exact: true })).toHaveCount(1);
  await expectAccessible(page, "the results of a run by hand");
  expect((await sandbox.members(group)).sort()).toEqual(people.map(({ id }) => id).sort());
  for (const { id } of people) {
    expect(await sandbox.arrived(`PUT /api/v1/groups/${group.id}/users/${id}`)).toBe(1);
  }

  // What is shown is what is kept.
  await page.reload();
  await expect(page.getByText("3 of 4 rows done, 1 left out")).toBeVisible();
  const saving = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download CSV" }).click();
  expect((await saving).suggestedFilename()).toMatch(/^add-user-to-group-[\da-f]{8}\.csv$/);

  await page
    .getByRole("link", { name: /^Open the execution of/ })
    .first()
    .click();
  await expect(page.getByText("By hand", { exact: true })).toBeVisible();
  await page.getByRole("link", { name: "Open run by hand" }).click();
  await expect(page.getByRole("table", { name: "Results" })).toBeVisible();
});

test("finds people by a search, counts them, and shows what would change", async ({ page, sandbox }) => {
  const department = `Night ${Date.now()}`;
  const first = await sandbox.createPerson({ department });
  await sandbox.createPerson({ department });
  await page.goto("/run");
  await page.getByRole("textbox", { name: "Search actions" }).fill("update user");
  await page
    .getByRole("button", { name: /^Update User\b/ })
    .first()
    .click();
  await page.getByText("Search", { exact: true }).click();
  await page.getByText("Okta search expression", { exact: true }).click();
  await page
    .getByRole("textbox", { name: "Search expression" })
    .fill(`profile.department eq "${department}"`);
  await page.getByRole("button", { name: "Find all matching users" }).click();
  await expect(page.getByText("2 users match", { exact: false })).toBeVisible();
  await page.getByRole("button", { name: /more fields of Profile/ }).click();
  await page.getByRole("textbox", { name: "Department" }).fill("Day Shift");
  await page.getByRole("button", { name: "Preview" }).click();
  const preview = page.getByRole("region", { name: "Preview" });
  await expect(preview.getByText("2 rows can be started.")).toBeVisible();
  await expect(preview.getByText(`Department: ${department} → Day Shift`).first()).toBeVisible();
  await expect(preview.getByText(first.login)).toBeVisible();
  expect(await sandbox.arrived(`POST /api/v1/users/${first.id}`)).toBe(0);
});
