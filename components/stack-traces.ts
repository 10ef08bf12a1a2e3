import { fileURLToPath } from "node:url";

/**
 * Takes stack traces as Node gives them, with files as paths. The SDK asks for a whole one at each resource and has every frame looked up
 * in source maps, which costs milliseconds a resource; Node strips the types in place, so lines and columns are right without. The SDK keeps
 * positions in the state relative to the project only where a frame has a path: an address would put this machine's folders there.
 */
export function nativeStackTraces(): void {
  Error.prepareStackTrace = (error, frames) => [String(error), ...frames.map((frame) => `    at ${withPath(String(frame))}`)].join("\n");
}

function withPath(frame: string): string {
  return frame.replace(/file:\/\/[^\s()]+?(?=:\d+:\d+\)?$)/, (address) => fileURLToPath(address));
}
