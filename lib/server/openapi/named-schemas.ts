import { z } from "zod";
import { cardDescriptionSchema, exchangeSchema, fieldSchema, stepErrorSchema } from "#lib/api/catalog.ts";
import { connectionSchema } from "#lib/api/connections.ts";
import { apiErrorSchema } from "#lib/api/errors.ts";
import { executionSchema, executionSummarySchema, stepSchema } from "#lib/api/executions.ts";
import { flowSchema, flowSummarySchema, versionSchema } from "#lib/api/flows.ts";
import { flowIssueSchema } from "#lib/api/issues.ts";
import { healthSchema, tokenSchema } from "#lib/api/settings.ts";
import { cardNodeSchema, flowDocumentSchema } from "#lib/flow/document.ts";
import { jsonObjectSchema, jsonSchema } from "#lib/flow/json.ts";
import { valueSchema } from "#lib/flow/value.ts";

/** Schemas that several routes share, with the names they have in the OpenAPI document. The rest is written out. */
const schemas: Record<string, z.ZodType> = {
  ApiError: apiErrorSchema,
  Card: cardDescriptionSchema,
  CardNode: cardNodeSchema,
  Connection: connectionSchema,
  Exchange: exchangeSchema,
  Execution: executionSchema,
  ExecutionSummary: executionSummarySchema,
  Field: fieldSchema,
  Flow: flowSchema,
  FlowDocument: flowDocumentSchema,
  FlowIssue: flowIssueSchema,
  FlowSummary: flowSummarySchema,
  Health: healthSchema,
  Json: jsonSchema,
  JsonObject: jsonObjectSchema,
  Step: stepSchema,
  StepError: stepErrorSchema,
  Token: tokenSchema,
  Value: valueSchema,
  Version: versionSchema,
};

export const namedSchemas = z.registry<{ id: string }>();
for (const [id, schema] of Object.entries(schemas)) namedSchemas.add(schema, { id });
