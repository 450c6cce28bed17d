import {
  IconAlertTriangle,
  IconArrowBackUp,
  IconArrowsSplit2,
  IconBolt,
  IconBraces,
  IconFilterCheck,
  IconForms,
  IconLetterCase,
  IconNote,
  IconUser,
  IconUsersGroup,
  IconWebhook,
} from "@tabler/icons-react";
import type { CardDescription } from "#lib/cards/card.ts";

type Described = Pick<CardDescription, "kind" | "category" | "exits" | "id">;

/** The picture of a card: by what it is, then by what it is about. */
export function CardIcon({ card, size = 18 }: { card: Described | undefined; size?: number }) {
  const Icon = iconOf(card);
  return <Icon size={size} stroke={1.7} aria-hidden="true" />;
}

function iconOf(card: Described | undefined) {
  if (!card) return IconAlertTriangle;
  if (card.kind === "note") return IconNote;
  if (card.kind === "event") return card.category.includes("ebhook") ? IconWebhook : IconBolt;
  if (card.kind === "control") {
    if (card.exits.length === 0) return IconArrowBackUp;
    return card.exits.length > 1 ? IconArrowsSplit2 : IconFilterCheck;
  }
  if (card.kind === "function") return card.category === "Text" ? IconLetterCase : IconForms;
  const about = card.category.toLowerCase();
  if (about.includes("group")) return IconUsersGroup;
  if (about.includes("user")) return IconUser;
  return IconBraces;
}
