import { pathText } from "../problem.ts";
import type { Rule } from "./rule.ts";

/** Of two entries the first that has not expired would count, and nobody would see which reason that is. */
const twice: Rule = ({ policy }) => {
  const keys = (policy?.exemptions ?? []).map((exemption) => `${exemption.policy} ${exemption.resource}`);
  return keys.flatMap((key, index) => (keys.indexOf(key) === index ? [] : [
    { path: pathText(["policy", "exemptions", index, "resource"]), wrong: "is exempt twice", got: policy?.exemptions[index]?.resource, todo: `keep one entry; the other is ${pathText(["policy", "exemptions", keys.indexOf(key)])}` },
  ]));
};

export const policyRules: readonly Rule[] = [twice];
