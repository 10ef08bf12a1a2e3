import type { ImageRequest } from "../images/identity.ts";
import { isPinned } from "../images/reference.ts";
import type { Instruction } from "./release-types.ts";

/** What `resolveImages` is to find out of the images that instructions ask for, by service; the first instruction of a service counts. */
export function askedImages(owner: string, instructions: readonly Instruction[]): Record<string, ImageRequest> {
  return Object.fromEntries(instructions.flatMap((instruction): [string, ImageRequest][] => {
    if (instruction.action !== "release") return [];
    const { service, image: reference } = instruction;
    const settings = { from: isPinned(reference) ? "digest" as const : "tag" as const, reference };
    return [[service, { path: `instruction for ${service}`, owner, repository: service, settings }]];
  }).reverse());
}
