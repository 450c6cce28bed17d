import type { FlowIssue } from "./issue.ts";

/** What was given is no flow document. `issues` name the places; the message says the first of them. */
export class DocumentError extends Error {
  override name = "DocumentError";
  readonly issues: readonly FlowIssue[];

  constructor(issues: readonly FlowIssue[]) {
    const [first, ...others] = issues;
    const more = others.length > 0 ? ` (and ${others.length} more)` : "";
    super(`This is no flow document: ${first?.message ?? "it can't be read."}${more}`);
    this.issues = issues;
  }
}

/** The document was written by a newer Flowdeck than this one. */
export class DocumentTooNewError extends Error {
  override name = "DocumentTooNewError";
  readonly found: number;
  readonly supported: number;

  constructor(found: number, supported: number) {
    super(
      `This flow was saved by a newer Flowdeck (format ${found}); this one reads up to format ${supported}. Update Flowdeck and open it again.`,
    );
    this.found = found;
    this.supported = supported;
  }
}
