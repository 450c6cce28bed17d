// @vitest-environment happy-dom
import { MantineProvider } from "@mantine/core";
import { act, cleanup, fireEvent, render, screen } from "@testing-library/react";
import { afterEach, expect, test, vi } from "vitest";
import { createEditor } from "#lib/editor/editor-store.ts";
import type { FlowDocument } from "#lib/flow/document.ts";
import { catalogue } from "#lib/registry.ts";
import { type BuilderContext, BuilderProvider } from "./builder-context.ts";
import { Palette } from "./palette.tsx";

vi.stubGlobal(
  "ResizeObserver",
  class {
    observe() {}
    unobserve() {}
    disconnect() {}
  },
);
afterEach(cleanup);

const empty: FlowDocument = {
  format: 1,
  name: "Flow",
  description: "",
  cards: {},
  edges: [],
  layout: {},
};

function show() {
  const editor = createEditor({
    draft: { revision: 1, document: empty },
    catalogue,
    save: async () => ({ kind: "saved", revision: 2 }),
    now: () => 0,
  });
  const addCard = vi.fn<BuilderContext["addCard"]>((card) => {
    editor.edit({ op: "addCard", id: `c${addCard.mock.calls.length}`, node: { card, v: 1 }, at: [0, 0] });
  });
  const context: BuilderContext = {
    editor,
    addCard,
    get flow(): never {
      throw new Error("The palette knows nothing of the flow on the server.");
    },
    readOnly: false,
    setFlow: () => {},
    grownOf: () => ({}),
    canvas: () => undefined,
    goTo: () => {},
    say: () => {},
    settle: async () => true,
  };
  render(
    <MantineProvider env="test">
      <BuilderProvider value={context}>
        <Palette />
      </BuilderProvider>
    </MantineProvider>,
  );
  return addCard;
}

const firstGroup = () => screen.getAllByRole("region")[0]?.getAttribute("aria-label");

test("a double click adds one card, and the groups keep their places until the pointer leaves", () => {
  const addCard = show();
  const palette = screen.getByRole("complementary", { name: "Cards" });
  fireEvent.pointerEnter(palette);
  const event = screen.getByRole("button", { name: "User Created" });
  fireEvent.click(event, { detail: 1 });
  expect(firstGroup()).toBe("Events");
  fireEvent.click(event, { detail: 2 });
  expect(addCard).toHaveBeenCalledOnce();
  fireEvent.pointerLeave(palette);
  expect(firstGroup()).not.toBe("Events");
});

test("the keyboard adds a card with every press", () => {
  const addCard = show();
  const card = screen.getByRole("button", { name: "If/Else" });
  fireEvent.click(card, { detail: 0 });
  fireEvent.click(card, { detail: 0 });
  expect(addCard).toHaveBeenCalledTimes(2);
});

test("a tooltip goes when its card is pressed, and comes again with the pointer", () => {
  vi.useFakeTimers();
  try {
    show();
    const card = screen.getByRole("button", { name: "If/Else" });
    const hover = () => {
      fireEvent.pointerEnter(card);
      fireEvent.mouseEnter(card);
      fireEvent.mouseMove(card);
      act(() => vi.advanceTimersByTime(1000));
    };
    hover();
    expect(screen.queryByRole("tooltip")).not.toBeNull();
    fireEvent.pointerDown(card);
    act(() => vi.advanceTimersByTime(1000));
    expect(screen.queryByRole("tooltip")).toBeNull();
    hover();
    expect(screen.queryByRole("tooltip")).not.toBeNull();
  } finally {
    vi.useRealTimers();
  }
});
