import { sameJson } from "./same-json.ts";
import { type Ref, refSchema, type TextPart, type Value } from "./value.ts";

/*
 * The grammar of a template in a plain text input, fixed for good; nothing is ever evaluated:
 *
 *   template  = { literal | reference }
 *   reference = "{{" segment { "." bare | quoted } "}}"      blanks inside the braces make no difference
 *   segment   = bare | quoted
 *   bare      = letters, digits, "_", "-", "$"
 *   quoted    = "[" JSON string "]"                          keys with other characters: {{c2.profile["job title"]}}
 *
 * "\{{" is a literal "{{"; backslashes right before "{{" count double. Braces that are no reference stay as they are.
 */
const STRING = String.raw`\[\s*"(?:[^"\\\u0000-\u001f]|\\.)*"\s*\]`;
const BARE = "[A-Za-z0-9_$-]+";
const REFERENCE = new RegExp(String.raw`\{\{\s*((?:${BARE}|${STRING})(?:\.${BARE}|${STRING})*)\s*\}\}`, "y");
const SEGMENT = new RegExp(`\\.?(${BARE})|(${STRING})`, "g");
const BARE_ONLY = new RegExp(`^${BARE}$`);

/** The parts of a template. Never fails: what is no reference is literal text. */
export function parseTemplate(template: string): TextPart[] {
  const parts: TextPart[] = [];
  let literal = "";
  let at = 0;
  while (at < template.length) {
    const braces = template.indexOf("{{", at);
    if (braces < 0) break;
    const slashes = backslashesBefore(template, braces, at);
    const plain = template.slice(at, braces - slashes);
    const found = slashes % 2 === 0 ? referenceAt(template, braces) : undefined;
    literal += plain + "\\".repeat(Math.floor(slashes / 2));
    if (found) {
      if (literal) parts.push(literal);
      parts.push({ ref: found.ref });
      literal = "";
      at = found.end;
    } else if (slashes % 2 === 1) {
      literal += "{{";
      at = braces + 2;
    } else {
      // One brace only: in "{{{c1.id}}" the reference starts at the second.
      literal += "{";
      at = braces + 1;
    }
  }
  literal += template.slice(at);
  if (literal) parts.push(literal);
  return parts;
}

/**
 * Parts as a template that reads back as the same parts. Braces are escaped only where that is needed. An input that
 * shows this should keep what is typed until it loses focus: a half-typed reference is a literal.
 */
export function formatTemplate(parts: readonly TextPart[]): string {
  const merged = mergeLiterals(parts);
  const plain = merged.map((part) => (typeof part === "string" ? part : formatRef(part.ref))).join("");
  if (sameJson(parseTemplate(plain), merged)) return plain;
  return merged
    .map((part, index) => {
      if (typeof part !== "string") return formatRef(part.ref);
      const escaped = part.replace(/(\\*)\{\{/g, "$1$1\\{{");
      // A brace left over at the end makes "{{" with the first of the reference behind it.
      return index < merged.length - 1 ? escaped.replace(/(\\+)(\{?)$/, "$1$1$2") : escaped;
    })
    .join("");
}

/** The value a template stands for: a literal, a plain reference (which keeps its type) or a text. Null when empty. */
export function valueFromTemplate(template: string): Value | null {
  const parts = parseTemplate(template);
  const [first, second] = parts;
  if (first === undefined) return null;
  if (second !== undefined) return { text: parts };
  return typeof first === "string" ? { value: first } : { ref: first.ref };
}

/** A value as a template; null for lists, objects and literals that are no text, which a text input can't show. */
export function templateFromValue(value: Value): string | null {
  if ("text" in value) return formatTemplate(value.text);
  if ("ref" in value) return formatTemplate([{ ref: value.ref }]);
  if (!("value" in value)) return null;
  if (typeof value.value === "object") return value.value === null ? "" : null;
  return formatTemplate([String(value.value)]);
}

function backslashesBefore(text: string, end: number, start: number): number {
  let count = 0;
  while (end - count > start && text[end - count - 1] === "\\") count += 1;
  return count;
}

function referenceAt(template: string, at: number): { ref: Ref; end: number } | undefined {
  REFERENCE.lastIndex = at;
  const match = REFERENCE.exec(template);
  if (!match?.[1]) return undefined;
  const segments: unknown[] = [];
  for (const [, bare, quoted] of match[1].matchAll(SEGMENT)) {
    const segment = bare ?? unquote(quoted ?? "");
    if (segment === undefined) return undefined;
    segments.push(segment);
  }
  const ref = refSchema.safeParse(segments);
  return ref.success ? { ref: ref.data, end: REFERENCE.lastIndex } : undefined;
}

function unquote(quoted: string): string | undefined {
  try {
    const [key]: unknown[] = JSON.parse(quoted);
    return typeof key === "string" ? key : undefined;
  } catch {
    return undefined;
  }
}

function formatRef(ref: Ref): string {
  const segments = ref.map((key, index) => {
    if (!BARE_ONLY.test(key)) return `[${JSON.stringify(key)}]`;
    return index === 0 ? key : `.${key}`;
  });
  return `{{${segments.join("")}}}`;
}

function mergeLiterals(parts: readonly TextPart[]): TextPart[] {
  const merged: TextPart[] = [];
  for (const part of parts) {
    const last = merged.at(-1);
    if (part === "") continue;
    if (typeof part === "string" && typeof last === "string") merged[merged.length - 1] = last + part;
    else merged.push(part);
  }
  return merged;
}
