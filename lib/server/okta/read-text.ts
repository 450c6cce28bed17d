import { CardError } from "../../cards/errors.ts";

/**
 * The answer's text, at most `maxBytes` of it.
 * @throws CardError refused (answer-too-large) instead of filling the memory
 */
export async function readText(response: Response, maxBytes: number): Promise<string> {
  if (!response.body) return "";
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw new CardError(`Okta's answer is larger than ${Math.round(maxBytes / 1024 / 1024)} MB.`, {
        kind: "refused",
        code: "answer-too-large",
        status: response.status,
        hint: "Ask for less: use a limit, a filter or a search.",
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
