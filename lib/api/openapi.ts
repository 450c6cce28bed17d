import { z } from "zod";
import { endpoint } from "./endpoint.ts";

/** Public: it says what the console can do, not what is in it. */
export const getOpenApi = endpoint({
  method: "GET",
  path: "/api/openapi.json",
  summary: "This description, as OpenAPI 3.1",
  tag: "Catalogue",
  permission: "public",
  answer: z.looseObject({ openapi: z.string() }),
});
