import { randomUUID } from "node:crypto";

/** A name no other test uses: one instance serves all of them. */
export function unique(name: string): string {
  return `${name} ${randomUUID().slice(0, 8)}`;
}
