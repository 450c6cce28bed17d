import { getOpenApi } from "#lib/api/openapi.ts";
import { handlePublic } from "#lib/server/http/handle.ts";
import { openApiDocument } from "#lib/server/openapi/openapi-document.ts";

export const GET = handlePublic(getOpenApi, openApiDocument);
