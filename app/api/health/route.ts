import { getHealth } from "#lib/api/settings.ts";
import { health } from "#lib/server/health/health.ts";
import { handlePublic } from "#lib/server/http/handle.ts";

export const GET = handlePublic(getHealth, health);
