// Lists of checksums as sha256sum writes and reads them.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** File name → checksum; a line that is none is an error, for half a list is worse than none. */
export function parseSums(text) {
  const lines = text.split("\n").filter((line) => line !== "");
  return new Map(
    lines.map((line) => {
      const [, sum, name] = /^([0-9a-f]{64}) [ *]([^/\\]+)$/.exec(line) ?? [];
      if (sum === undefined) throw new Error(`SHA256SUMS: has a line that is no checksum, got ${JSON.stringify(line.slice(0, 120))}`);
      return [name, sum];
    }),
  );
}

export function sumOf(file) {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
