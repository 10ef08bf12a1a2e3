import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from "node:crypto";
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import type { Value } from "./values.ts";

const PREFIX = "sealed:";

/** Seals secrets of the cloud's documents with AES-256-GCM; the same value in the same place gives the same seal. */
export class Seal {
  private readonly cipherKey: Buffer;
  private readonly nonceKey: Buffer;

  constructor(key: Uint8Array) {
    this.cipherKey = Buffer.from(hkdfSync("sha256", key, "", "slipway sandbox seal", 32));
    this.nonceKey = Buffer.from(hkdfSync("sha256", key, "", "slipway sandbox nonce", 32));
  }

  /** `place` is the document's path and the property's, so that a seal moved elsewhere does not open. */
  close(value: Value, place: string): string {
    const text = JSON.stringify(value);
    const nonce = createHmac("sha256", this.nonceKey).update(`${place}\n${text}`).digest().subarray(0, 12);
    const cipher = createCipheriv("aes-256-gcm", this.cipherKey, nonce).setAAD(Buffer.from(place));
    const sealed = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
    return PREFIX + Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString("base64url");
  }

  /** The value, or undefined where the seal was tampered with or made with another key. */
  open(seal: string, place: string): { value: Value } | undefined {
    const bytes = Buffer.from(seal.slice(PREFIX.length), "base64url");
    if (bytes.length < 28) return undefined;
    const decipher = createDecipheriv("aes-256-gcm", this.cipherKey, bytes.subarray(0, 12)).setAAD(Buffer.from(place));
    decipher.setAuthTag(bytes.subarray(12, 28));
    try {
      return { value: JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8")) };
    } catch {
      // Authentication failed: to the caller this is drift of the document, not an error.
      return undefined;
    }
  }
}

export function isSealed(value: Value | undefined): value is string {
  return typeof value === "string" && value.startsWith(PREFIX);
}

/** Reads the key file, or makes it (mode 0600); two processes that race end with the same key. */
export function loadKey(file: string): Buffer {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    const temporary = `${file}.${process.pid}.${randomBytes(4).toString("hex")}`;
    writeFileSync(temporary, `${randomBytes(32).toString("base64")}\n`, { mode: 0o600 });
    try {
      linkSync(temporary, file);
    } catch (error) {
      if (!existsSync(file)) throw error;
    } finally {
      unlinkSync(temporary);
    }
  }
  const key = Buffer.from(readFileSync(file, "utf8").trim(), "base64");
  if (key.length !== 32) throw new Error(`${file}: must hold 32 bytes in base64, got ${key.length} bytes; restore it, or remove it together with the cloud`);
  return key;
}
