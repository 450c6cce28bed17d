import { z } from "zod";
import { fieldsSchema } from "./catalog.ts";
import { endpoint } from "./endpoint.ts";

/** Live choices for a picker (users, groups …). */
export const loadChoices = endpoint({
  method: "GET",
  path: "/api/connections/{alias}/choices/{loaderId}",
  summary: "Search choices for a field in the org",
  tag: "Connections",
  permission: "executions.run",
  params: z.object({ alias: z.string(), loaderId: z.string() }),
  query: z.object({
    search: z.string().max(200).default(""),
    cursor: z.string().max(2000).optional().describe("Of the page before"),
    value: z
      .string()
      .max(500)
      .optional()
      .describe("Only the choice with exactly this value; none where the org has no such"),
    options: z
      .string()
      .max(2000)
      .optional()
      .describe('Values of inputs the choices depend on, as JSON: {"application": "salesforce"}'),
  }),
  answer: z.object({
    choices: z.array(z.object({ value: z.string(), label: z.string(), detail: z.string().optional() })),
    cursor: z.string().optional(),
    note: z.string().optional().describe("What to know of the list, such as that it is not all there is"),
  }),
});

/** Fields only the org knows (custom profile attributes). */
export const loadFields = endpoint({
  method: "GET",
  path: "/api/connections/{alias}/fields/{loaderId}",
  summary: "Fields the org adds to a card",
  tag: "Connections",
  permission: "executions.run",
  params: z.object({ alias: z.string(), loaderId: z.string() }),
  query: z.object({ options: z.string().max(2000).optional().describe("Options of the card, as JSON") }),
  answer: z.object({ fields: fieldsSchema }),
});
