/** Of a request all that the hook endpoint looks at; a `Request` is one. */
export interface HookRequest {
  headers: Headers;
  body: AsyncIterable<Uint8Array> | null;
}

/** What answers a call of a hook's address. Never rejects. */
export type AnswerHook = (request: HookRequest, endpointId: string) => Promise<Response>;

/** The two kinds of calls Okta makes. */
export interface HookDoor {
  receive: AnswerHook;
  verify: AnswerHook;
}

/**
 * The intake lives in what Next.js bundled, and the server in front of it (web/main.ts) does not: loaded there too, the
 * database client and all beneath it would be in memory twice. So the bundle leaves it here.
 */
const shared = globalThis as typeof globalThis & { flowdeckHookDoor?: HookDoor };

/** From now on calls of hooks are answered by these. */
export function openHookDoor(door: HookDoor): void {
  shared.flowdeckHookDoor = door;
}

/** What answers calls of hooks; undefined until the intake is loaded. */
export function hookDoor(): HookDoor | undefined {
  return shared.flowdeckHookDoor;
}
