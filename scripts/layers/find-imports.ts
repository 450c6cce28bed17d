/** One import of a source file. */
export interface FoundImport {
  /** What stands between the quotes. */
  specifier: string;
  /** Counted from 1. */
  line: number;
}

interface Token {
  kind: "word" | "string" | "mark";
  text: string;
  line: number;
}

/**
 * Finds what a TypeScript or JavaScript file imports: import and export-from declarations, import(), require().
 *
 * A small scanner instead of a compiler: the one we use (TypeScript 7) offers no parser to programs, and words inside
 * comments, strings and templates must not be taken for imports.
 */
export function findImports(source: string): FoundImport[] {
  const tokens = scan(source);
  const found: FoundImport[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== "string") continue;
    if (isImportedFrom(tokens, index)) found.push({ specifier: token.text, line: token.line });
  }
  return found;
}

function isImportedFrom(tokens: Token[], index: number): boolean {
  const before = tokens[index - 1];
  if (before === undefined) return false;
  // import "x"
  if (isWord(before, "import")) return true;
  // import … from "x", export … from "x"
  if (isWord(before, "from")) return startsDeclaration(tokens, index - 2);
  // import("x"), require("x")
  const caller = tokens[index - 2];
  const isCall = isMark(before, "(") && (isWord(caller, "import") || isWord(caller, "require"));
  return isCall && !isMark(tokens[index - 3], ".");
}

/** Walks back over what may stand between `import` or `export` and `from`. */
function startsDeclaration(tokens: Token[], last: number): boolean {
  for (let index = last; index >= 0; index -= 1) {
    const token = tokens[index];
    if (isWord(token, "import") || isWord(token, "export")) return true;
    if (token?.kind === "mark" && !/[{},*]/.test(token.text)) return false;
  }
  return false;
}

const isWord = (token: Token | undefined, text: string) => token?.kind === "word" && token.text === text;
const isMark = (token: Token | undefined, text: string) => token?.kind === "mark" && token.text === text;

/** After one of these a slash begins a regular expression, not a division. */
const BEFORE_EXPRESSION = /^(return|typeof|case|in|of|delete|void|throw|await|yield|else|do)$/;

const PIECES = [
  ["space", /\s+/y],
  ["comment", /\/\/[^\n]*|\/\*[\s\S]*?\*\//y],
  ["word", /[\p{L}\p{N}_$#]+/uy],
  // A string ends with its line: the apostrophe in JSX text ("Don't") must not swallow the rest of the file.
  ["string", /"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'/y],
] as const;

const REGULAR_EXPRESSION = /\/(?:[^/\\\n[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+\/[a-z]*/y;
/** The text of a template up to its end or the next `${`. */
const TEMPLATE_TEXT = /(?:[^`\\$]|\\[\s\S]|\$(?!\{))*(?:`|\$\{)/y;

function scan(source: string): Token[] {
  const tokens: Token[] = [];
  /** For each template we are inside of: how many braces its expression has opened. */
  const templates: number[] = [];
  let position = 0;
  let line = 1;

  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = position;
    return pattern.exec(source)?.[0];
  };
  const advance = (text: string) => {
    position += text.length;
    line += text.split("\n").length - 1;
  };
  const skipTemplateText = () => {
    const text = take(TEMPLATE_TEXT) ?? source.slice(position);
    advance(text);
    if (text.endsWith("${")) templates.push(0);
  };
  const takeMark = () => {
    const mark = source[position] ?? "";
    const expression = mark === "/" && beginsExpression(tokens.at(-1)) ? take(REGULAR_EXPRESSION) : undefined;
    tokens.push({ kind: "mark", text: expression ?? mark, line });
    advance(expression ?? mark);
    const open = templates.at(-1);
    if (mark === "`") skipTemplateText();
    else if (mark === "{" && open !== undefined) templates.splice(-1, 1, open + 1);
    else if (mark === "}" && open !== undefined && open > 0) templates.splice(-1, 1, open - 1);
    else if (mark === "}" && open === 0) {
      templates.pop();
      skipTemplateText();
    }
  };

  while (position < source.length) {
    const piece = PIECES.map(([kind, pattern]) => ({ kind, text: take(pattern) })).find(({ text }) => text);
    if (piece?.text === undefined) {
      takeMark();
      continue;
    }
    if (piece.kind === "word") tokens.push({ kind: "word", text: piece.text, line });
    if (piece.kind === "string") tokens.push({ kind: "string", text: piece.text.slice(1, -1), line });
    advance(piece.text);
  }
  return tokens;
}

function beginsExpression(previous: Token | undefined): boolean {
  if (previous === undefined) return true;
  if (previous.kind === "word") return BEFORE_EXPRESSION.test(previous.text);
  return previous.kind === "mark" && !/[)\]}]/.test(previous.text);
}
