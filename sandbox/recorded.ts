import type { Backend } from "./backend.ts";

export type Olds = Parameters<Backend["update"]>[2];

/** The document that the state remembers, so that a hand-edited name or id still leads to it. */
export function recordedPath(olds: Olds | undefined): string | undefined {
  const meta = olds?.outputs.plain["__meta"];
  if (typeof meta !== "string") return undefined;
  const document: unknown = JSON.parse(meta)?.document;
  return typeof document === "string" ? document : undefined;
}

/** The output that remembers it; the engine hides properties that begin with two underscores. */
export function recordOf(path: string): { __meta: string } {
  return { __meta: JSON.stringify({ document: path }) };
}
