import type { Rule } from "./rule.ts";

/** All that is checked across fields. */
export const rules: readonly Rule[] = [];
