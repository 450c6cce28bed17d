import type { CardNode } from "../flow/document.ts";
import type { CardDescription, Exit } from "./card.ts";
import { type Field, field } from "./field.ts";

/** The way an execution takes behind a card that failed, where its author chose to go on. */
export const ERROR_EXIT: Exit = { id: "error", label: "If it fails" };

/** Key of the outputs that way carries. Taken by no card of the catalogue; a test of the registry holds that. */
export const ERROR_OUTPUT = "error";

/** Outputs of a card with an error way: null (and thus empty in what is mapped from them) where it worked. */
export const ERROR_FIELD: Field = field.object({
  label: "Error",
  help: "Why the card failed; empty where it worked.",
  fields: {
    message: field.text({ label: "Message" }),
    code: field.text({ label: "Code" }),
    status: field.number({ label: "HTTP status" }),
    card: field.text({ label: "Card" }),
  },
});

/** Whether the node's author chose that the flow goes on another way when the card fails. */
export function hasErrorWay(
  description: Pick<CardDescription, "kind">,
  node: Pick<CardNode, "onError">,
): boolean {
  const mayFail = description.kind === "action" || description.kind === "function";
  return mayFail && node.onError?.after === "error";
}

/**
 * The ways out a node really has: its card's, and "If it fails" where that was chosen. The one place that knows; canvas,
 * outline, validation and executor all ask here.
 */
export function exitsOf(
  description: Pick<CardDescription, "kind" | "exits">,
  node: Pick<CardNode, "onError">,
): Exit[] {
  return hasErrorWay(description, node) ? [...description.exits, ERROR_EXIT] : description.exits;
}
