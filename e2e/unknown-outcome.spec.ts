import { expectAccessible } from "./support/axe.ts";
import { callThenJoin } from "./support/documents.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

test("who saw that a lost write happened gives what later cards use of it", async ({
  page,
  flows,
  sandbox,
}) => {
  const [team, other] = [await sandbox.createGroup(), await sandbox.createGroup()];
  const person = await sandbox.createPerson();
  const write = `POST /api/v1/users/${person.id}`;
  await sandbox.faults({ fault: "reset-after", method: "POST", pathPrefix: `/api/v1/users/${person.id}` });
  const flow = await flows.live(callThenJoin(unique("Answerless"), team, other));
  await page.goto(`/executions?flow=${flow.id}`);
  await sandbox.addToGroup(person, team);
  await page.getByRole("row", { name: `Needs attention: ${flow.name}, ${person.name}` }).click();
  await sandbox.faults();

  await page.getByRole("button", { name: "Say what happened" }).click();
  const dialog = page.getByRole("dialog", { name: "Did it happen?" });
  await expect(dialog.getByRole("button", { name: `POST /api/v1/users/${person.id}` })).toBeVisible();
  const given = dialog.getByRole("region", { name: "If it happened: what did it give?" });
  await expect(given.getByText("Used by “Into the other”.")).toBeVisible();
  const id = given.getByRole("textbox", { name: "id" });
  await dialog.getByRole("button", { name: "It happened: go on" }).click();
  await expect(given.getByText("id is required.")).toBeVisible();
  await expect(id).toBeFocused();
  await expectAccessible(page, "an unknown outcome, with what is missing");
  await id.fill(person.id);
  await page.keyboard.press("Tab");
  await dialog.getByRole("button", { name: "It happened: go on" }).press("Enter");

  await expect(page.getByRole("status").filter({ hasText: "Succeeded" })).toBeVisible();
  await page
    .getByRole("list", { name: "Steps" })
    .getByRole("button", { name: /^Change/ })
    .click();
  const step = page.getByRole("region", { name: "Step: Change" });
  await expect(
    step.getByText(/Olivia .*looked and said that it had taken effect, and gave its outputs/),
  ).toBeVisible();
  await expect(step.getByRole("tab", { name: "Given outputs" })).toBeVisible();
  await expect(step.getByText(/^Given by Olivia/)).toBeVisible();
  await expect(step.getByText(person.id).first()).toBeVisible();
  expect(await sandbox.arrived(write)).toBe(1);
  expect(await sandbox.applied(`PUT /api/v1/groups/${other.id}/users/${person.id}`)).toBe(1);
});
