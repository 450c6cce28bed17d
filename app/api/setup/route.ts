import { createOwner, getSetup } from "#lib/api/settings.ts";
import { createOwner as create, setupNeeded } from "#lib/server/accounts/setup.ts";
import { handlePublic } from "#lib/server/http/handle.ts";

export const GET = handlePublic(getSetup, async () => ({ needed: await setupNeeded() }));
export const POST = handlePublic(createOwner, create);
