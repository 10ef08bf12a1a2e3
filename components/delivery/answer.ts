import type { Answer } from "./plan.ts";

/** One line for people: what became of an instruction. */
export function answerText({ instruction, outcome }: Answer): string {
  const asked = `${instruction.service}: ${instruction.action} ${instruction.action === "release" ? instruction.image : instruction.id}`;
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
