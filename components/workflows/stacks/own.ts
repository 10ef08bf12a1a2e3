import type { StacksOptions } from "./options.ts";

/** This repository's own stacks. The sandbox's is nobody's: it lives on the disk of whoever runs it. */
export const OWN: StacksOptions = {
  defaultBranch: "main",
  stacks: [
    { name: "staging", driftSchedule: "17 5 * * *" },
    { name: "production", driftSchedule: "17 5 * * *" },
  ],
};
