import type { Answer } from "./plan.ts";

/** One line for people: what became of an instruction. */
export function answerText({ image, instruction, outcome }: Answer): string {
  const asked = `${instruction.service}: ${instruction.action} ${instruction.action === "release" ? imageText(instruction.image, image) : instruction.id}`;
  switch (outcome.kind) {
    case "done":
      return asked;
    case "already":
      return `${asked}: it was so already, nothing changed`;
    case "refused":
      return `${asked}: refused, ${outcome.why}`;
    default:
      return outcome satisfies never;
  }
}

/** A tag with what it is now. */
function imageText(asked: string, found = asked): string {
  return found === asked ? asked : `${asked} (${found})`;
}
