import type { GatePolicy } from "../gate/types.ts";
import { argo } from "./argo.ts";
import type { Contender } from "./contender.ts";
import { flagger } from "./flagger.ts";
import type { PolicyName } from "./options.ts";
import { ours } from "./ours.ts";
import type { Schedule } from "./ours.ts";

/** The policy by its name; Argo Rollouts walks the same stages as ours, Flagger its own. */
export function contender(name: PolicyName, policy: GatePolicy, schedule: Schedule): Contender {
  switch (name) {
    case "slipway":
      return ours(policy, schedule);
    case "flagger":
      return flagger(policy.bounds);
    case "argo-rollouts":
      return argo(schedule);
    default:
      return name satisfies never;
  }
}
