import type { Release } from "../../components/delivery/release-types.ts";
import type { RolloutStack } from "./stack.ts";

/** Seconds before each further try. */
const PAUSES = [1, 2, 4, 8, 15];

/** What the stack records; a backend that is away for half a minute ends no rollout. */
export async function recorded({ pause, stack }: { stack: Pick<RolloutStack, "releases">; pause(seconds: number): Promise<void> }): Promise<{ releases: Record<string, Release> } | { failure: string }> {
  for (let tried = 0; ; tried += 1) {
    try {
      return { releases: await stack.releases() };
    } catch (error) {
      const seconds = PAUSES[tried];
      if (seconds === undefined) return { failure: error instanceof Error ? error.message : String(error) };
      await pause(seconds);
    }
  }
}
