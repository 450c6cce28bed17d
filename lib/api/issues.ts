import { z } from "zod";

/** A FlowIssue on the wire, see lib/flow/issue.ts. */
export const flowIssueSchema = z.object({
  severity: z.enum(["error", "warning"]),
  code: z.string(),
  message: z.string(),
  card: z.string().optional(),
  field: z.array(z.string()).optional(),
});
