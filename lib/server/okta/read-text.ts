import { CardError } from "../../cards/errors.ts";

/**
 * The answer's text, at most `maxBytes` of it.
 * @throws CardError refused (answer-too-large) instead of filling the memory
 */
export async function readText(
  body: AsyncIterable<Uint8Array>,
  status: number,
  maxBytes: number,
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.byteLength;
    if (size > maxBytes) {
      throw new CardError(`Okta's answer is larger than ${Math.round(maxBytes / 1024 / 1024)} MB.`, {
        kind: "refused",
        code: "answer-too-large",
        status,
        hint: "Ask for less: use a limit, a filter or a search.",
      });
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}
