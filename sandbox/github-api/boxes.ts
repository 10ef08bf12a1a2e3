import { createHash } from "node:crypto";
import type sodium from "libsodium-wrappers";

/** GitHub's name of the key; the provider tells the same one. */
export const KEY_ID = "568250167242549743";

/** Whoever reads the cloud's folder reads its seals' key as well: this key keeps the form of GitHub's, and protects nothing more. */
async function pair() {
  const loaded = await ready();
  return loaded.crypto_box_seed_keypair(createHash("sha256").update("slipway sandbox public key").digest());
}

/** Loaded by the first secret: half of the time of the first request would be for it. */
async function ready(): Promise<typeof sodium> {
  const { default: loaded } = await import("libsodium-wrappers");
  await loaded.ready;
  return loaded;
}

/** What secrets are sealed for, in base64. */
export async function publicKey(): Promise<string> {
  const { publicKey: key } = await pair();
  return Buffer.from(key).toString("base64");
}

/** The text in a sealed box; undefined where it was sealed for another key or is none. */
export async function opened(box: string): Promise<string | undefined> {
  const [loaded, { privateKey, publicKey: key }] = [await ready(), await pair()];
  try {
    return Buffer.from(loaded.crypto_box_seal_open(Buffer.from(box, "base64"), key, privateKey)).toString("utf8");
  } catch {
    // libsodium says only that it does not open: GitHub says the same, and the caller refuses.
    return undefined;
  }
}
