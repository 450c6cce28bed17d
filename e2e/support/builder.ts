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

  /** Makes an empty flow on the page of flows, names it, and answers its id. */
  async create(name: string): Promise<string> {
    await this.page.goto("/flows");
    await this.page.getByRole("button", { name: "New flow" }).first().click();
    await this.page.getByRole("button", { name: "Rename flow New flow" }).click();
    await this.page.getByRole("textbox", { name: "Flow name" }).fill(name);
    await this.page.keyboard.press("Enter");
    await expect(this.page.getByRole("button", { name: `Rename flow ${name}` })).toBeVisible();
    const [, id = ""] = /\/flows\/([^/?#]+)/.exec(this.page.url()) ?? [];
    return id;
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

  /** Drags the first card to the middle of an empty canvas. */
  async dragInFirst(title: string): Promise<void> {
    const search = this.palette.getByRole("textbox", { name: "Search cards" });
    await search.fill(title);
    await this.dragIn(title, await this.middle());
    await search.fill("");
    await this.closeForm();
    await this.press("Show the whole flow");
  }

  /** Looks a card up in the palette, drags it right of another (or below that place), and shows all of the flow again. */
  async dragInAfter(earlier: string, title: string, below = 0): Promise<void> {
    const search = this.palette.getByRole("textbox", { name: "Search cards" });
    await search.fill(title);
    await this.dragIn(title, await this.roomRightOf(earlier, below));
    await search.fill("");
    await this.closeForm();
    await this.press("Show the whole flow");
  }

  /** Draws the order of two cards: a line from a way out to the way in. */
  async connect(from: string, to: string, way = "Next"): Promise<void> {
    await this.draw(this.handle(`${way} way out of ${from}`), this.handle(`Way into ${to}`));
  }

  /** Draws a mapping. Both ends as the canvas names them: "Read User › ID", "Add User to Group › User ID". */
  async map(output: string, input: string): Promise<void> {
    await this.draw(this.handle(`${output} output`), this.handle(`${input} input`));
  }

  /** Shows the fields inside an object output of a card. */
  async unfold(title: string, output: string): Promise<void> {
    await this.card(title)
      .getByRole("button", { name: `Fields of ${output}`, exact: true })
      .click();
  }

  /** Chooses from the live list of an input, in the form of a card. */
  async choose(title: string, label: string, name: string): Promise<void> {
    await this.card(title).click();
    await this.form(title).getByRole("combobox", { name: label, exact: true }).fill(name);
    await this.page.getByRole("option", { name: new RegExp(`^${escaped(name)}`) }).click();
    await this.closeForm();
  }

  /** Gives a card a name of its own, so that another of its kind can be told from it. Shows all of the flow again. */
  async rename(title: string, to: string): Promise<void> {
    await this.card(title).click();
    await this.form(title).getByRole("textbox", { name: "Card title" }).fill(to);
    await expect(this.form(to)).toBeVisible();
    await this.closeForm();
    await this.press("Show the whole flow");
  }

  /** Sets how a card with an option "Comparison" compares. */
  async compare(title: string, comparison: string): Promise<void> {
    await this.card(title).click();
    await this.form(title).getByRole("combobox", { name: "Comparison" }).click();
    await this.page.getByRole("option", { name: comparison, exact: true }).click();
    await this.closeForm();
  }

  /** Types into an input of a card's form. */
  async fill(title: string, label: string, text: string): Promise<void> {
    await this.card(title).click();
    await this.form(title).getByRole("textbox", { name: label, exact: true }).fill(text);
    await this.closeForm();
  }

  /** Maps an input from the list of earlier fields, by the first words of the field's name. */
  async insert(title: string, label: string, field: string): Promise<void> {
    await this.card(title).click();
    await this.#pick(title, label, field);
    await this.closeForm();
  }

  /** Writes a text of fields and words in turn, beginning with a field. */
  async compose(title: string, ...parts: string[]): Promise<void> {
    await this.card(title).click();
    // Around each field the text is a piece of its own.
    const pieces = this.form(title).getByRole("textbox", { name: /^Text/ });
    for (const [at, part] of parts.entries()) {
      if (at % 2 === 0) await this.#pick(title, "Text", part);
      else await pieces.last().fill(part);
    }
    await this.closeForm();
  }

  async #pick(title: string, label: string, field: string): Promise<void> {
    await this.form(title)
      .getByRole("button", { name: `Insert field into ${label}` })
      .click();
    await this.page.getByRole("combobox", { name: "Search fields of earlier cards" }).fill(field);
    await this.page
      .getByRole("treeitem", { name: new RegExp(`^${escaped(field)}`) })
      .first()
      .click();
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

  /** The same, on the canvas: zooms out until there is room. A card let go outside of it is not added. */
  async roomRightOf(title: string, below = 0): Promise<Point> {
    const canvas = await boxOf(this.canvas);
    let place = await this.rightOf(title, below);
    while (place.x > canvas.x + canvas.width - 40) {
      await this.press("Zoom out");
      place = await this.rightOf(title, below);
    }
    return place;
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

  /** Publishes the draft and turns the flow on with its switch. */
  async publishAndTurnOn(): Promise<void> {
    await this.saved();
    await expect(this.page.getByRole("button", { name: "No problems" })).toBeVisible();
    // The switch's own input is hidden behind what is drawn for it.
    await this.page.getByRole("switch", { name: "Flow is on" }).click({ force: true });
    const dialog = this.page.getByRole("dialog", { name: "Publish this flow and turn it on" });
    await dialog.getByRole("button", { name: "Publish and turn on" }).click();
    await expect(dialog).toBeHidden();
    await expect(this.page.getByRole("switch", { name: "Flow is on" })).toBeChecked();
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
