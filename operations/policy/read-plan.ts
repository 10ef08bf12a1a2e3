import * as z from "zod";
import { json } from "../../settings/json.ts";
import { Problem } from "../../toolchain/problem.ts";
import type { Plan } from "./results.ts";

const printed = z.object({
  config: z.record(z.string(), z.string()).default({}),
  steps: z.array(z.object({
    op: z.string(),
    urn: z.string(),
    newState: z.object({ type: z.string(), inputs: z.record(z.string(), z.unknown()).optional() }).nullish(),
  })).default([]),
});

/** Reads what `pulumi preview --json --show-sames` prints. @throws Problem where it is something else */
export function readPlan(text: string): Plan {
  const { data, success } = printed.safeParse(json(text));
  if (!success) throw new Problem("the preview: is not what pulumi preview --json --show-sames prints; make it anew");
  return {
    config: data.config,
    steps: data.steps.map(({ newState, op, urn }) => ({ op, urn, type: newState?.type ?? "", ...(newState != null && { new: { inputs: newState.inputs ?? {} } }) })),
  };
}
