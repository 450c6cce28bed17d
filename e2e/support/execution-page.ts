import { expect, type Locator, type Page } from "@playwright/test";

/** The pages of executions: the list of one flow, and one execution card by card. */
export class ExecutionPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the newest execution of a flow about somebody, once it has succeeded. */
  async openSucceeded(flow: { id: string; name: string }, subject: string): Promise<void> {
    await this.page.goto(`/executions?flow=${flow.id}&mode=live`);
    await this.page
      .getByRole("row", { name: `Succeeded: ${flow.name}, ${subject}` })
      .first()
      .click();
    await expect(this.steps).toBeVisible();
  }

  get steps(): Locator {
    return this.page.getByRole("list", { name: "Steps" });
  }

  /** A step of the list by its card's title and what became of it: "Succeeded", "Succeeded: True", "Skipped". */
  async expectStep(title: string, outcome: string): Promise<void> {
    await expect(
      this.steps.getByRole("button", { name: new RegExp(`^${title.replace("/", "\\/")} ${outcome}`) }),
    ).toBeVisible();
  }
}
