import type { Instruction } from "../../components/delivery/release-types.ts";
import type { RolloutStack } from "./stack.ts";

/** What an update needs of its surroundings. */
interface Around {
  stack: Pick<RolloutStack, "update">;
  /** Unix seconds. */
  now(): number;
  pause(seconds: number): Promise<void>;
  stopped(): unknown;
}

interface Trying {
  tries: number;
  /** Whether another try of what has failed since then, Unix seconds, would only lose time. */
  hopeless?: ((since: number) => Promise<boolean>) | undefined;
}

/** Seconds between two tries. */
export const PAUSE = 2;

/** Updates that somebody else's run keeps waiting are tried for ten minutes. */
const TRIES_WHILE_LOCKED = 300;

/**
 * Brings instructions into the record and the record into the cluster. An instruction that fails may have been recorded all the same, and applying
 * it twice is applying it once: so it is tried again whole, until the driver is told to stop. After a rejection a plain update takes the weight
 * away. Resolves to the last failure, undefined when all is well.
 */
export async function settled(around: Around, services: readonly string[], instructions: readonly Instruction[], trying: Trying): Promise<string | undefined> {
  const rejecting = instructions.length === 0 || instructions.some(({ action }) => action === "rollback");
  const rounds = [...(instructions.length > 0 ? [instructions] : []), ...(rejecting ? [[]] : [])];
  for (const round of rounds) {
    const failure = await tried(around, services, round, trying);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** Whether somebody else's run was in the way. */
export function isLocked(failure: string): boolean {
  return /currently locked|another update|conflict/i.test(failure);
}

/** Counts failures, and says when they are enough: waiting for somebody else's run is patient. */
export function patience(tries: number): (failure: string) => boolean {
  let failures = 0;
  let waits = 0;
  return (failure) => (isLocked(failure) ? ++waits >= TRIES_WHILE_LOCKED : ++failures >= tries);
}

async function tried({ now, pause, stack, stopped }: Around, services: readonly string[], instructions: readonly Instruction[], { hopeless, tries }: Trying): Promise<string | undefined> {
  const enough = patience(tries);
  for (;;) {
    const since = now();
    const failure = await stack.update(services, instructions);
    if (failure === undefined || enough(failure) || stopped() !== undefined) return failure;
    if (!isLocked(failure) && (await hopeless?.(since)) === true) return failure;
    await pause(PAUSE);
  }
}
