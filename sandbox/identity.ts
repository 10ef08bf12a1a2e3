import { createHash } from "node:crypto";

/** A nine-digit number that the same text always gives: what the emulated services number their objects with. */
export function numberOf(text: string): number {
  return 100_000_000 + (createHash("sha256").update(text).digest().readUInt32BE(0) % 900_000_000);
}

/** Forty hexadecimal digits, as a commit's name has. */
export function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}

export function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
