import type { Complaint, ResourcePolicy } from "../types.ts";
import { fields, isUnknown, items, at } from "../values.ts";
import { kindOf } from "../workloads.ts";

export const weightsAddUp: ResourcePolicy = {
  name: "weights-add-up",
  about: "resource",
  severity: "mandatory",
  description: "The weights of a route's destinations add up to 100",
  reason: "Istio takes 90 and 20 without a word and splits 81 to 19: the share that was reviewed is not the share that is served",
  judge(resource) {
    if (kindOf(resource) !== "VirtualService") return [];
    return ["http", "tcp", "tls"].flatMap((protocol) => items(at(resource.properties, "spec", protocol)).flatMap((rule, index) => split(`spec.${protocol}.${index}.route`, items(fields(rule)["route"]))));
  },
};

function split(path: string, route: unknown[]): Complaint[] {
  const weights = route.map((destination) => fields(destination)["weight"]);
  // One destination without a weight gets everything.
  if (weights.some(isUnknown) || route.length === 0 || (route.length === 1 && weights[0] === undefined)) return [];
  const numbers = weights.map((weight) => (weight === undefined ? 0 : Number(weight)));
  const whole = numbers.every((weight) => Number.isInteger(weight) && weight >= 0);
  if (whole && numbers.reduce((sum, weight) => sum + weight, 0) === 100) return [];
  return [{ path, wrong: whole ? "has weights that do not add up to 100" : "has a weight that is no whole number from 0", got: weights, todo: "write whole numbers that add up to 100" }];
}
