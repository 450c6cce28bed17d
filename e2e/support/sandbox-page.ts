import { expect, type Page } from "@playwright/test";
import type { Person } from "./sandbox.ts";

/** The page of the sandbox org, in a tab of its own: what an admin does there while flows run. */
export class SandboxPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the page in another tab, does something there, and closes it. */
  static async during(page: Page, work: (org: SandboxPage) => Promise<void>): Promise<void> {
    const tab = await page.context().newPage();
    await work(new SandboxPage(tab));
    await tab.close();
  }

  /** One of the parts of the page: "people", "log" … */
  async open(tab: string, query = ""): Promise<void> {
    await this.page.goto(`/sandbox?tab=${tab}${query}`);
    await expect(this.page.getByRole("tab", { selected: true })).toBeVisible();
  }

  /** Chooses something from the menu of a person: "Deactivate", "Edit profile". */
  async choose(person: Person, item: string): Promise<void> {
    await this.open("people", `&text=${encodeURIComponent(person.login)}`);
    await this.page.getByRole("button", { name: `Actions for ${person.name}` }).click();
    await this.page.getByRole("menuitem", { name: item, exact: true }).click();
  }

  /** Waits until the row of a person says something: a status, a department. */
  async sees(person: Person, words: string): Promise<void> {
    const row = this.page.getByRole("row").filter({ hasText: person.login });
    await expect(row.getByText(words).first()).toBeVisible();
  }

  /** Injects an event about a person, changing the sample by hand as an admin would. */
  async inject(eventType: string, person: Person): Promise<void> {
    await this.open("inject", `&type=${eventType}`);
    const event = this.page.getByRole("textbox", { name: "Event", exact: true });
    const sample = JSON.parse(await event.inputValue());
    const { id, login: alternateId, name: displayName } = person;
    const target = [{ id, type: "User", alternateId, displayName }];
    await event.fill(JSON.stringify({ ...sample, target }));
    await this.page.getByRole("button", { name: "Inject event" }).click();
    await expect(this.page.getByText("The event is in the log")).toBeVisible();
  }
}
