import { receiveHook, verifyHook } from "#lib/server/intake/hook-endpoint.ts";

export const dynamic = "force-dynamic";
export const runtime = "nodejs";

interface Context {
  params: Promise<{ endpointId: string }>;
}

/** Okta verifies that we own the address. */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  return verifyHook(request, (await params).endpointId);
}

/** Okta delivers events. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  return receiveHook(request, (await params).endpointId);
}
