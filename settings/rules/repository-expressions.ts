import type { Problem } from "../problem.ts";
import { pathOf, walk } from "../walk.ts";
import { eachDeclared } from "./repository-helpers.ts";
import type { Rule } from "./rule.ts";

/** GitHub would put a value in its place: in a command line that is code of others, in a label a token. */
const EXPRESSION = "${{";

/** Options are texts and never expressions of GitHub Actions, wherever in a workflow they end up. */
export const expressionRules: readonly Rule[] = [
  eachDeclared(({ workflows }, at) =>
    [...walk(workflows)].flatMap((found): Problem[] => {
      const wrong = "holds an expression of GitHub Actions";
      const todo = "write a plain text";
      if (typeof found.value === "string" && found.value.includes(EXPRESSION)) return [{ path: at("workflows", ...pathOf(found)), wrong, got: found.value, todo }];
      return String(found.key).includes(EXPRESSION) ? [{ path: at("workflows", ...pathOf(found)), wrong, todo }] : [];
    }),
  ),
];
