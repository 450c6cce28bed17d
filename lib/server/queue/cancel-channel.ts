/** Workers listen here; the payload is the id of an execution somebody wants to cancel. */
export const CANCEL_CHANNEL = "flowdeck_cancel";
