import type { z } from "zod";
import type { Endpoint } from "./endpoint.ts";
import { type ApiErrorBody, apiErrorSchema } from "./errors.ts";

type Input<T> = T extends z.ZodType ? z.input<T> : undefined;
type Part<Name extends string, Schema> = Schema extends z.ZodUndefined
  ? { [K in Name]?: undefined }
  : undefined extends Input<Schema>
    ? { [K in Name]?: Input<Schema> }
    : { [K in Name]: Input<Schema> };

/** What a call of an endpoint takes: its params, query and body, each only where it has one. */
export type CallOf<E> =
  E extends Endpoint<infer P, infer Q, infer B, z.ZodType>
    ? Part<"params", P> & Part<"query", Q> & Part<"body", B>
    : never;
export type AnswerOf<E> = E extends Endpoint<z.ZodType, z.ZodType, z.ZodType, infer A> ? z.output<A> : never;

/** An error the API answered, or `unavailable` when no answer came at all. */
export class ApiError extends Error {
  override name = "ApiError";
  readonly body: ApiErrorBody;

  constructor(body: ApiErrorBody, options?: ErrorOptions) {
    super(body.message, options);
    this.body = body;
  }
}

type AnyEndpoint = Endpoint<z.ZodType, z.ZodType, z.ZodType, z.ZodType>;

/**
 * Calls an endpoint from the browser.
 * @throws ApiError with the API's own words; code "unavailable" when the console can't be reached.
 */
export async function call<E extends AnyEndpoint>(
  endpoint: E,
  input: CallOf<E> & { signal?: AbortSignal; keepalive?: boolean },
): Promise<AnswerOf<E>> {
  const { params, query, body, signal, keepalive } = input as {
    params?: Record<string, unknown>;
    query?: Record<string, unknown>;
    body?: unknown;
    signal?: AbortSignal;
    keepalive?: boolean;
  };
  const text = body === undefined ? undefined : JSON.stringify(body);
  const response = await send(pathOf(endpoint, params, query), {
    method: endpoint.method,
    signal,
    // Lets a request outlive its page. Browsers refuse that for bodies of more than 64 KiB.
    keepalive: keepalive && (text === undefined || new Blob([text]).size < 60_000),
    headers: text === undefined ? {} : { "content-type": "application/json" },
    body: text,
  });
  const answer: unknown = await response.json().catch(() => undefined);
  if (response.ok) return answer as AnswerOf<E>;
  const parsed = apiErrorSchema.safeParse((answer as { error?: unknown } | undefined)?.error);
  throw new ApiError(
    parsed.success
      ? parsed.data
      : { code: "internal", message: `The console answered ${response.status} without an explanation.` },
  );
}

async function send(path: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(path, init);
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new ApiError(
      {
        code: "unavailable",
        message: "The console can't be reached.",
        hint: "Check that it is running.",
      },
      { cause },
    );
  }
}

/** The address of a call: params encoded into the path, query without empty values. */
export function pathOf(
  endpoint: { path: string },
  params?: Record<string, unknown>,
  query?: Record<string, unknown>,
): string {
  const path = endpoint.path.replace(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(String(params?.[name])),
  );
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== null && value !== "") search.set(key, String(value));
  }
  const text = search.toString();
  return text ? `${path}?${text}` : path;
}

/** The react-query key of a call: method, path and everything given, so that equal calls share one answer. */
export function queryKey(
  endpoint: AnyEndpoint,
  input: { params?: unknown; query?: unknown } = {},
): unknown[] {
  return [endpoint.path, input.params ?? null, input.query ?? null];
}
