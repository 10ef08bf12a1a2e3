import { pathText } from "../problem.ts";
import type { Rule } from "./rule.ts";

/** Two entries about one thing would let it pass for two reasons, until two days. */
const twice: Rule = ({ drift }) => {
  const keys = (drift?.ignore ?? []).map(({ what, field = "" }) => `${what} ${field}`);
  return keys.flatMap((key, index) => (keys.indexOf(key) === index ? [] : [
    { path: pathText(["drift", "ignore", index, "what"]), wrong: "is ignored twice", got: drift?.ignore[index]?.what, todo: `keep one entry; the other is ${pathText(["drift", "ignore", keys.indexOf(key)])}` },
  ]));
};

export const driftRules: readonly Rule[] = [twice];
