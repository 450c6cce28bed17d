import type { Card } from "../../cards/define.ts";
import { assign } from "./assign.ts";
import { byHand } from "./by-hand.ts";
import { cardFailed } from "./card-failed.ts";
import { compose } from "./compose.ts";
import { continueIf } from "./continue-if.ts";
import { ifElse } from "./if-else.ts";
import { note } from "./note.ts";
import { returnCard } from "./return.ts";

/** Function, control and note cards, in the order of the palette. */
export const coreCards: Card[] = [ifElse, continueIf, returnCard, compose, assign, note, cardFailed, byHand];
