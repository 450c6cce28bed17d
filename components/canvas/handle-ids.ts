/** What a handle on a card stands for. */
export type HandleMeaning =
  | { kind: "entry" }
  | { kind: "exit"; out: string }
  | { kind: "input"; path: string[] }
  | { kind: "output"; path: string[] };

/** A handle's id: unique on its card, and readable back. Keys may hold any character, so they are encoded. */
export function handleId(meaning: HandleMeaning): string {
  switch (meaning.kind) {
    case "entry":
      return "entry";
    case "exit":
      return `exit:${encodeURIComponent(meaning.out)}`;
    case "input":
      return `in:${meaning.path.map(encodeURIComponent).join("/")}`;
    case "output":
      return `out:${meaning.path.map(encodeURIComponent).join("/")}`;
  }
}

/** Reads a handle's id; undefined for ids that are none of ours. */
export function readHandleId(id: string | null | undefined): HandleMeaning | undefined {
  if (id === "entry") return { kind: "entry" };
  const [kind, rest] = id?.split(":", 2) ?? [];
  if (rest === undefined) return undefined;
  const keys = rest.split("/").map(decodeURIComponent);
  if (kind === "exit") return { kind: "exit", out: keys[0] ?? "" };
  if (kind === "in") return { kind: "input", path: keys };
  if (kind === "out") return { kind: "output", path: keys };
  return undefined;
}
