import { createHash } from "node:crypto";

/** A digest for a word. */
export function digestOf(word: string): string {
  return `sha256:${createHash("sha256").update(word).digest("hex")}`;
}

/** An image of the shop by digest. */
export function imageOf(word: string): string {
  return `ghcr.io/acme/shop@${digestOf(word)}`;
}
