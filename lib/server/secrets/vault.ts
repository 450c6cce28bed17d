import { createCipheriv, createDecipheriv, createHash, randomBytes } from "node:crypto";
import { env } from "../env/env.ts";

/** A secret as it stands in the database: `nonce.tag.ciphertext` in base64, and which key it was closed with. */
export interface SealedSecret {
  sealed: string;
  keyId: string;
}

/** The secret can't be opened: another key, or the row was tampered with. */
export class SecretUnreadableError extends Error {
  override name = "SecretUnreadableError";
}

const NONCE_BYTES = 12;

/**
 * Closes a secret with AES-256-GCM under FLOWDECK_SECRET_KEY.
 * @param place the row it is for ("connections:<id>"), bound in as associated data: a ciphertext copied to another row
 *   does not open there.
 */
export function seal(secret: string, place: string, key: Buffer = env().secretKey): SealedSecret {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce).setAAD(Buffer.from(place));
  const ciphertext = Buffer.concat([cipher.update(secret, "utf8"), cipher.final()]);
  const sealed = [nonce, cipher.getAuthTag(), ciphertext].map((part) => part.toString("base64")).join(".");
  return { sealed, keyId: keyIdOf(key) };
}

/**
 * Opens what `seal` closed for the same place.
 * @throws SecretUnreadableError naming the key that is needed when it is not the one at hand
 */
export function unseal(
  { sealed, keyId }: SealedSecret,
  place: string,
  key: Buffer = env().secretKey,
): string {
  if (keyId !== keyIdOf(key)) {
    throw new SecretUnreadableError(
      `The secret was stored with key ${keyId}, but FLOWDECK_SECRET_KEY is key ${keyIdOf(key)}. Start with the old key, or enter the secret again.`,
    );
  }
  try {
    const [nonce, tag, ciphertext] = sealed.split(".").map((part) => Buffer.from(part, "base64"));
    if (!nonce || !tag || !ciphertext) throw new Error("three parts expected");
    const decipher = createDecipheriv("aes-256-gcm", key, nonce, { authTagLength: 16 }).setAAD(
      Buffer.from(place),
    );
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString("utf8");
  } catch (cause) {
    throw new SecretUnreadableError("The stored secret is damaged. Enter it again.", { cause });
  }
}

/** Tells keys apart without telling anything about them. */
function keyIdOf(key: Buffer): string {
  return createHash("sha256").update("flowdeck key id").update(key).digest("hex").slice(0, 12);
}
