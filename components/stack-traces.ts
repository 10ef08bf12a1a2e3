import { fileURLToPath } from "node:url";

export interface StackTraces {
  /**
   * Whether the SDK prints where each promise began that is still open at the end (PULUMI_DEBUG_PROMISE_LEAKS). It takes a trace for each
   * of thousands and reads it for nothing else, which is an eighth of a preview's time. @default false
   */
  promises?: boolean | undefined;
}

/**
 * Takes stack traces as Node gives them, with files as paths. The SDK asks for a whole one at each resource and has every frame looked up
 * in source maps, which costs milliseconds a resource; Node strips the types in place, so lines and columns are right without. The SDK keeps
 * positions in the state relative to the project only where a frame has a path: an address would put this machine's folders there.
 */
export function nativeStackTraces({ promises = false }: StackTraces = {}): void {
  Error.prepareStackTrace = (error, frames) => {
    if (!promises && frames[0]?.getFunctionName() === "debuggablePromise") return String(error);
    return [String(error), ...frames.map((frame) => `    at ${withPath(String(frame))}`)].join("\n");
  };
}

function withPath(frame: string): string {
  return frame.replace(/file:\/\/[^\s()]+?(?=:\d+:\d+\)?$)/, path);
}

/** A few hundred files stand in tens of thousands of frames. */
const paths = new Map<string, string>();

function path(address: string): string {
  const known = paths.get(address) ?? fileURLToPath(address);
  paths.set(address, known);
  return known;
}
