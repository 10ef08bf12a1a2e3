import { Problem } from "../../toolchain/problem.ts";
import { routedAt } from "./applied.ts";
import type { RolloutStack } from "./stack.ts";

/** Unix seconds at which the cluster got the routes that each service has now; nothing of a stack that cannot be read. */
export async function routedIn({ stack }: { stack: Pick<RolloutStack, "exported"> }, services: readonly string[]): Promise<Record<string, number>> {
  try {
    const exported = await stack.exported();
    return Object.fromEntries(services.flatMap((service) => {
      const at = routedAt(exported, service);
      return at === undefined ? [] : [[service, at] as const];
    }));
  } catch (error) {
    if (error instanceof Problem) return {};
    throw error;
  }
}
