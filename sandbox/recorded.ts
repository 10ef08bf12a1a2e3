import type { Backend } from "./backend.ts";
import type { Document } from "./document.ts";
import type { Kind } from "./kinds.ts";
import type { Revealed } from "./values.ts";

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

/** What the service stores for inputs; of an existing document the number and the time of its making stay. */
export function documentOf(kind: Kind, { plain, secrets }: Revealed, path: string, existing: Document | undefined, urn: string): Document {
  const now = new Date();
  const body = kind.store(plain, existing, now);
  const updated = now.toISOString();
  const number = existing?.number ?? kind.number?.(path);
  return { body, secrets: [...secrets, ...kind.secrets(body)], madeBy: urn, number, created: existing?.created ?? updated, updated };
}
