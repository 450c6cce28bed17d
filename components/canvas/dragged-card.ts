/** The type under which a card dragged from the palette travels: its catalogue id. */
export const DRAGGED_CARD = "application/x-flowdeck-card";
