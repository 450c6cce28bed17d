import { expect, type Locator, type Page } from "@playwright/test";

/** A place of the page, in pixels. */
export interface Point {
  x: number;
  y: number;
}

/** The flow builder as a person uses it: with the mouse on the canvas, and in the forms beside it. */
export class Builder {
  readonly page: Page;
  readonly canvas: Locator;
  readonly palette: Locator;
  readonly saveState: Locator;

  constructor(page: Page) {
    this.page = page;
    this.canvas = page.getByRole("region", { name: "Canvas" });
    this.palette = page.getByRole("complementary", { name: "Cards" });
    this.saveState = page.getByRole("status", { name: "Save state" });
  }

  async open(flow: { id: string }): Promise<void> {
    await this.page.goto(`/flows/${flow.id}`);
    await expect(this.saveState).toHaveText("Saved");
    await expect(this.canvas).toBeVisible();
  }

  /** A card on the canvas, by its title; `problems` in its name are left aside. */
  card(title: string): Locator {
    return this.canvas.getByRole("group", { name: new RegExp(`^${escaped(title)}(,|$)`) });
  }

  /** The form of the selected card. */
  form(title: string): Locator {
    return this.page.getByRole("complementary", { name: `Card ${title}`, exact: true });
  }

  /** A handle or a badge on the canvas, by its whole name. */
  handle(name: string): Locator {
    return this.canvas.getByRole("img", { name, exact: true });
  }

  /** Drags a card from the palette to a place of the page. */
  async dragIn(title: string, to: Point): Promise<void> {
    await this.palette.getByRole("button", { name: title, exact: true }).hover();
    await this.page.mouse.down();
    await this.page.mouse.move(to.x - 20, to.y - 20, { steps: 8 });
    await this.page.mouse.move(to.x, to.y, { steps: 4 });
    await this.page.mouse.up();
    await expect(this.card(title)).toBeVisible();
  }

  /** Clicks a card in the palette, which puts it behind the selected one. */
  async clickIn(title: string): Promise<void> {
    await this.palette.getByRole("button", { name: title, exact: true }).click();
    await expect(this.card(title)).toBeVisible();
  }

  /** The middle of the canvas. */
  middle(): Promise<Point> {
    return middleOf(this.canvas);
  }

  /** Where the pointer lets a card go so that it stands right of another, at its height or below it. */
  async rightOf(title: string, below = 0): Promise<Point> {
    await this.standsStill(this.card(title));
    const box = await boxOf(this.card(title));
    return { x: box.x + box.width * 1.5 + 60, y: box.y + 20 + below };
  }

  /** Draws a line with the mouse from one handle to another. */
  async draw(from: Locator, to: Locator): Promise<void> {
    await this.standsStill(from);
    await from.hover();
    await this.page.mouse.down();
    const [start, towards] = [await middleOf(from), await middleOf(to)];
    await this.page.mouse.move((start.x + towards.x) / 2, (start.y + towards.y) / 2, { steps: 6 });
    await this.page.mouse.move(towards.x, towards.y, { steps: 6 });
    // A line drawn near the edge pans the canvas along, so the target is looked for once more before the line is let go.
    const end = await middleOf(to);
    await this.page.mouse.move(end.x, end.y, { steps: 2 });
    await this.page.mouse.up();
  }

  /**
   * Waits for the canvas to rest: the view glides to cards that are shown or added. On a slow machine the glide was
   * still to come when Playwright found a handle at rest, and the line was let go beside its target.
   */
  async standsStill(locator: Locator): Promise<void> {
    let before = "";
    let rests = 0;
    await expect(async () => {
      const now = JSON.stringify(await boxOf(locator));
      rests = now === before ? rests + 1 : 0;
      before = now;
      expect(rests).toBeGreaterThanOrEqual(3);
    }).toPass({ intervals: [100] });
  }

  /** Draws a line from a handle and lets it go somewhere else than on a handle. */
  async drawTo(from: Locator, to: Point): Promise<void> {
    await this.standsStill(from);
    await from.hover();
    await this.page.mouse.down();
    await this.page.mouse.move(to.x, to.y, { steps: 10 });
    await this.page.mouse.up();
  }

  async closeForm(): Promise<void> {
    await this.page.getByRole("button", { name: "Close card" }).click();
    await expect(this.page.getByRole("button", { name: "Close card" })).toBeHidden();
  }

  async saved(): Promise<void> {
    await expect(this.saveState).toHaveText("Saved");
  }

  /** Presses a button by its whole name. */
  async press(name: string): Promise<void> {
    await this.page.getByRole("button", { name, exact: true }).click();
  }

  /** Opens the publishing dialog, publishes, and waits for the word that it happened. */
  async publish(note: string): Promise<void> {
    await this.press("Publish");
    const dialog = this.page.getByRole("dialog", { name: "Publish this flow" });
    await dialog.getByRole("textbox", { name: "Note" }).fill(note);
    await dialog.getByRole("button", { name: "Publish version" }).click();
    await expect(dialog).toBeHidden();
  }
}

async function middleOf(locator: Locator): Promise<Point> {
  const box = await boxOf(locator);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error(`${locator} is not shown.`);
  return box;
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
