import { controllerOf } from "../../components/delivery/engine-settings.ts";
import type { Problem } from "../problem.ts";
import { eachService } from "./each-service.ts";
import type { At } from "./each-service.ts";

/** Names of what the gate judges anyway. */
const TAKEN = ["requests", "errors", "success", "errors-regression", "p95", "p95-regression"];

/** Each indicator takes a part of the proof: of more than these every one would need too long. */
const MOST = 10;

/** Indicators of a service's own have names of their own. What they ask, the driver looks at before it begins: reading PromQL takes long. */
export const indicatorsNamed = eachService(({ rollout }, at) => {
  const { indicators } = rollout;
  const names = Object.keys(indicators);
  const place: At = (...parts) => at("rollout", "indicators", ...parts);
  if (names.length > 0 && controllerOf(rollout) !== undefined) {
    return [{ path: place(), wrong: "are asked by Slipway's driver, which has no part in it", got: names, todo: "remove them, or write engine: slipway" }];
  }
  const many: Problem[] = names.length <= MOST ? [] : [{ path: place(), wrong: `are more than ${MOST}, among which the proof is divided`, got: names.length, todo: "keep those that matter" }];
  return [...many, ...names.flatMap((name) => named(name, names, place))];
});

function named(name: string, names: readonly string[], place: At): Problem[] {
  const other = names.find((each) => name === `${each}-regression`);
  if (TAKEN.includes(name)) return [{ path: place(name), wrong: "is the name of what is judged anyway", todo: "call it otherwise" }];
  return other === undefined ? [] : [{ path: place(name), wrong: `is the name under which ${other} is compared with the stable revision`, todo: "call it otherwise" }];
}
