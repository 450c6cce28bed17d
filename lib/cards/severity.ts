import type { CardNode } from "../flow/document.ts";
import { isJsonObject } from "../flow/json.ts";
import type { Card } from "./define.ts";
import { lookupIn, resolveInputs } from "./resolve-inputs.ts";

/** How grave it is that a flow runs, gravest first. Only sorts and finds executions; it changes nothing in a run. */
export const SEVERITIES = ["critical", "major", "minor"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The input that holds an event card's alert settings, `severity` among them. */
export const ALERT_INPUT = "alert";

/** The severity an event card's alert settings give; the card's own where they leave it open; null where there is none. */
export function severityOf(card: Card, node: Pick<CardNode, "inputs">): Severity | null {
  const { [ALERT_INPUT]: given } = node.inputs ?? {};
  // Nothing runs before an event card, so there is nothing a reference could find.
  const { alert } = given ? resolveInputs({ alert: given }, lookupIn(new Map())) : {};
  const chosen = isJsonObject(alert) && typeof alert.severity === "string" ? alert.severity.trim() : "";
  if (chosen === "") return card.severity ?? null;
  return SEVERITIES.find((severity) => severity === chosen) ?? null;
}
