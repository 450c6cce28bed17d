import { expectAccessible } from "./support/axe.ts";
import type { Document } from "./support/console-api.ts";
import { expect, test } from "./support/test.ts";
import { unique } from "./support/unique.ts";

/** Greets who joins a group, under the conditions and alert settings given. */
function watching(name: string, inputs: { conditions: object; alert: object }): Document {
  return {
    format: 1,
    name,
    cards: {
      c1: {
        card: "okta.groups.userAdded",
        v: 1,
        connection: "sandbox",
        inputs: { conditions: { value: inputs.conditions }, alert: { value: inputs.alert } },
      },
      c2: { card: "core.compose", v: 1, title: "Greeting", inputs: { text: { value: "Hello" } } },
    },
    edges: [{ from: "c1", out: "next", to: "c2" }],
    layout: { c1: [0, 0], c2: [360, 0] },
  };
}

test("an event that misses a condition is found, with the reason, where one looks for it", async ({
  page,
  api,
  flows,
  sandbox,
}) => {
  const team = await sandbox.createGroup();
  const [visitor, colleague] = [
    await sandbox.createPerson({ department: "Visitors" }),
    await sandbox.createPerson({ department: "Sales" }),
  ];
  const conditions = { groups: [team.id], departments: ["Sales"] };
  const flow = await flows.live(watching(unique("Watches"), { conditions, alert: { severity: "major" } }));
  await sandbox.addToGroup(visitor, team);
  await sandbox.addToGroup(colleague, team);
  await expect
    .poll(async () => (await api.executions(flow.id)).items.map(({ status }) => status))
    .toEqual(["succeeded", "succeeded"]);
  await page.goto(`/executions?flow=${flow.id}`);

  const missed = page.getByRole("row", { name: `Did not run: ${flow.name}, ${visitor.name}` });
  await expect(missed).toBeVisible();
  await expect(missed.getByText("Major", { exact: true })).toBeVisible();
  const ran = page.getByRole("row", { name: `Succeeded: ${flow.name}, ${colleague.name}` });
  await expect(ran).toBeVisible();

  await page.getByText("Did not run", { exact: true }).first().click();
  await expect(page).toHaveURL(/ran=false/);
  await expect(ran).toBeHidden();
  await expectAccessible(page, "executions that did not run");

  const whyButton = page.getByRole("button", { name: "Why did it not run?" });
  await whyButton.click();
  const dialog = page.getByRole("dialog", { name: "Why did it not run?" });
  await expect(dialog.getByRole("region", { name: "Answer" })).toBeVisible();
  await dialog.getByRole("combobox", { name: "Event" }).fill(visitor.name);
  await page.getByRole("option").filter({ hasText: visitor.name }).first().click();
  await expect(dialog.getByText("A condition was not met", { exact: true })).toBeVisible();
  await expectAccessible(page, "why it did not run");
  await dialog.getByRole("link", { name: "Open the execution" }).click();

  await expect(page.getByRole("status").filter({ hasText: "Did not run" })).toBeVisible();
  await expect(page.getByText(/^Did not run, because the department of .* is “Visitors”/)).toBeVisible();
  await expectAccessible(page, "an execution that did not run");
});

test("a flow runs for the event that exceeds the number it waits for", async ({ api, flows, sandbox }) => {
  const team = await sandbox.createGroup();
  const alert = { severity: "critical", moreThan: 1, withinMinutes: 60, per: "group" };
  const flow = await flows.live(watching(unique("Counts"), { conditions: { groups: [team.id] }, alert }));
  for (let number = 0; number < 3; number += 1) {
    await sandbox.addToGroup(await sandbox.createPerson(), team);
  }
  const all = `/api/executions?flowId=${flow.id}&status=succeeded`;
  const count = async (query: string) => (await api.call("GET", `${all}&${query}`)).items.length;
  await expect.poll(() => count("severity=critical")).toBe(3);
  expect(await count("ran=false")).toBe(1);
  expect(await count("ran=true")).toBe(2);
  expect(await count(`text=${encodeURIComponent("more than 1")}`)).toBe(1);
});
