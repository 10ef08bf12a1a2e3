import * as z from "zod";
import { Problem } from "../../toolchain/problem.ts";
import type { RolloutStack } from "./stack.ts";

const state = z.object({
  deployment: z.object({
    resources: z.array(z.object({ urn: z.string(), initErrors: z.array(z.string()).nullish(), modified: z.string().nullish() })).default([]),
  }),
});

/** A revision whose pods were not ready in time. */
export interface Unready {
  service: string;
  id: string;
  /** What the cluster said of them, for people. */
  why: string;
}

/**
 * Revisions that an update since then, Unix seconds, has left unready. The engine keeps beside each resource why it was made and did not come
 * to work; a failure of the provider or of the lock leaves nothing there. What an earlier update left says nothing of this one.
 */
export function unreadyRevisions(exported: unknown, services: readonly string[], since: number): Unready[] {
  const { deployment } = state.parse(exported);
  return deployment.resources.flatMap(({ initErrors, modified, urn }) => {
    if (!initErrors?.length || !(Date.parse(modified ?? "") / 1000 > since)) return [];
    const [, name = "", id = ""] = /:Deployment::(.+)-(r[0-9a-f]{10})-deployment$/.exec(urn) ?? [];
    const service = services.find((each) => each === name);
    return service === undefined ? [] : [{ service, id, why: `its pods are not ready: ${initErrors.join("; ")}` }];
  });
}

/** The same of the stack now. Where its state cannot be read nobody knows, and the update is tried again. */
export async function unreadyIn({ stack }: { stack: Pick<RolloutStack, "exported"> }, services: readonly string[], since: number): Promise<Unready[]> {
  try {
    return unreadyRevisions(await stack.exported(), services, since);
  } catch (error) {
    if (error instanceof Problem) return [];
    throw error;
  }
}
