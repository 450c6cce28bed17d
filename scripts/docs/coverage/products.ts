import { betterCloud } from "./bettercloud.ts";
import { freshservice } from "./freshservice.ts";
import { happyFox } from "./happyfox.ts";
import type { Offer } from "./offer.ts";
import { oktaWorkflowsActions } from "./okta-workflows-actions.ts";
import { oktaWorkflowsEvents } from "./okta-workflows-events.ts";

/** A product that automates Okta, and all it names for that. */
export interface Product {
  name: string;
  offers: readonly Offer[];
}

/** The products whose users should find everything again, in the order of the table's columns. */
export const products: readonly Product[] = [
  { name: "Okta Workflows", offers: [...oktaWorkflowsEvents, ...oktaWorkflowsActions] },
  { name: "BetterCloud", offers: betterCloud },
  { name: "HappyFox Workflows", offers: happyFox },
  { name: "Freshservice Workflow Automator", offers: freshservice },
];
