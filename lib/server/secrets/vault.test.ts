import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { SecretUnreadableError, seal, unseal } from "./vault.ts";

const key = randomBytes(32);
const place = "connections:1";

describe("vault", () => {
  it("opens what it closed, and never closes the same way twice", () => {
    const first = seal("00token-ü", place, key);
    expect(unseal(first, place, key)).toBe("00token-ü");
    expect(seal("00token-ü", place, key).sealed).not.toBe(first.sealed);
    expect(first.sealed).not.toContain("token");
  });

  it("does not open for another row", () => {
    expect(() => unseal(seal("secret", place, key), "connections:2", key)).toThrow(SecretUnreadableError);
  });

  it("names the keys when it is given another one", () => {
    const sealed = seal("secret", place, key);
    expect(() => unseal(sealed, place, randomBytes(32))).toThrow(
      new RegExp(`stored with key ${sealed.keyId}`),
    );
  });

  it("refuses a changed or shortened ciphertext and a shortened tag", () => {
    const { sealed, keyId } = seal("secret", place, key);
    const [nonce = "", tag = "", text = ""] = sealed.split(".");
    const flipped = Buffer.from(text, "base64");
    flipped[0] = (flipped[0] ?? 0) ^ 1;
    const broken = [
      [nonce, tag, flipped.toString("base64")],
      [nonce, Buffer.from(tag, "base64").subarray(0, 4).toString("base64"), text],
      [nonce, tag],
      [""],
    ].map((parts) => parts.join("."));
    for (const damaged of broken) {
      expect(() => unseal({ sealed: damaged, keyId }, place, key)).toThrow(SecretUnreadableError);
    }
  });
});
