import { driftRules } from "./drift.ts";
import { namespaceRules } from "./namespace.ts";
import { policyRules } from "./policy.ts";
import { repositoryRules } from "./repository.ts";
import type { Rule } from "./rule.ts";
import { serviceRules } from "./service.ts";

/** All that is checked across fields. */
export const rules: readonly Rule[] = [...repositoryRules, ...namespaceRules, ...serviceRules, ...driftRules, ...policyRules];
