import * as z from "zod";
import { Problem } from "../../toolchain/problem.ts";
import type { Pair } from "../gate/queries.ts";
import { routedAt } from "./applied.ts";
import type { RolloutStack } from "./stack.ts";

const state = z.object({
  deployment: z.object({ resources: z.array(z.object({ urn: z.string(), created: z.string().nullish() })).default([]) }),
});

/** What Prometheus can still tell a driver that was not there, Unix seconds. */
export interface Earlier {
  /** Since when the candidate is one. */
  from: number;
  /** Since when it has had its present weight. */
  stage: number;
}

/**
 * What is left to learn of a candidate whose weight was recorded at `since`, Unix seconds. Before its routes were in the cluster it had another
 * weight. Of one that served before the present stable revision, which its pods tell, only the present weight counts.
 */
export function earlierOf(exported: unknown, service: string, { candidate, stable }: Pair, since: number): Earlier {
  const made = (id: string): number => {
    const found = state.parse(exported).deployment.resources.find(({ urn }) => urn.endsWith(`:Deployment::${service}-${id}-deployment`));
    return Date.parse(found?.created ?? "") / 1000;
  };
  const stage = Math.max(since, routedAt(exported, service) ?? since);
  return { stage, from: made(candidate) > made(stable) ? Math.min(stage, made(candidate)) : stage };
}

/** The same of the stack now; nothing of one that cannot be read, so that the gate begins anew. */
export async function earlierIn({ stack }: { stack: Pick<RolloutStack, "exported"> }, service: string, revisions: Pair, since: number): Promise<Earlier | undefined> {
  try {
    return earlierOf(await stack.exported(), service, revisions, since);
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
