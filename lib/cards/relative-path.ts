/** What is wrong with a relative path, to follow the name of its field, and what to do about it. */
export interface PathProblem {
  what: string;
  hint: string;
}

/** Stands for the connection's address while a path is parsed; the name can't exist (RFC 2606). */
const BASE = "https://org.invalid";
const CONTROL = /[\p{Cc}\p{Zl}\p{Zp}]/u;
/** A value decoded this often and still changing is built to hide something. */
const MAX_DECODINGS = 5;

/**
 * What is wrong with a path below a connection's address, undefined where nothing is. An admin typed it and an event's
 * values were put into it: it must not lead anywhere but to the API of the connection's own system, nor to another
 * endpoint than the one that was typed.
 *
 * @param text the path, with its query where it has one
 * @param roots the first parts a path may have: "api", "oauth2"
 */
export function relativePathProblem(text: string, roots: readonly string[]): PathProblem | undefined {
  if (CONTROL.test(text)) return problem("has a line break or control character");
  if (text.includes("#")) return problem('has a "#"', "Write it as %23.");
  const { path } = splitRelativeUrl(text);
  if (!startsAt(path, roots))
    return problem("does not start with a path of the API", `Start it with /${roots[0]}/.`);
  if (path.includes("@")) return problem('has an "@" in its path', "Write it as %40, or use an id.");
  if (path.endsWith("/")) return problem('ends with "/"', "A mapped value at its end may be empty.");
  const hidden = decodedProblem(path);
  if (hidden) return hidden;
  const url = new URL(path, BASE);
  return url.origin === BASE && startsAt(url.pathname, roots)
    ? undefined
    : problem("leads to another address");
}

/** The path of a relative URL and what stands behind its "?". */
export function splitRelativeUrl(text: string): { path: string; query: string } {
  const mark = text.indexOf("?");
  return mark < 0 ? { path: text, query: "" } : { path: text.slice(0, mark), query: text.slice(mark + 1) };
}

/** A path without problems as it is sent: characters that need it encoded. */
export function sentPath(path: string): string {
  return new URL(path, BASE).pathname;
}

function startsAt(path: string, roots: readonly string[]): boolean {
  const [empty, root, ...rest] = path.split("/");
  return empty === "" && root !== undefined && roots.includes(root) && rest.length > 0;
}

/** Looks at the path as it stands and as often as it can be decoded: proxies on the way may decode it again. */
function decodedProblem(path: string): PathProblem | undefined {
  let text = path;
  for (let round = 0; round <= MAX_DECODINGS; round += 1) {
    if (CONTROL.test(text)) return problem("has a line break or control character");
    if (text.includes("\\")) return problem('has a "\\"');
    if (text.includes("//")) return problem('has "//"', "A mapped value may be empty.");
    if (text.split(/[/;?#]/).some((part) => part === "." || part === ".."))
      return problem('has a "." or ".." in its path');
    const decoded = decode(text);
    if (decoded === undefined)
      return problem('has a "%" that encodes nothing', "Write a percent sign as %25.");
    if (decoded === text) return undefined;
    text = decoded;
  }
  return problem("is encoded many times over");
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}

function problem(what: string, hint = "Write a path such as /api/v1/users/00u1.../factors."): PathProblem {
  return { what, hint };
}
