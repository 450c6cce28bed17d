import type { CardOption } from "./card.ts";

/** Whether an option takes this text: one of its choices, or typed in the form it asks for. */
export function isOptionValue({ choices, typed }: CardOption, value: string): boolean {
  if (!choices || choices.some((choice) => choice.value === value)) return true;
  return typed !== undefined && new RegExp(`^(?:${typed.pattern})$`, "u").test(value);
}
