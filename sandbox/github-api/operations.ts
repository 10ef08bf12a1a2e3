import type { Handlers } from "./answer.ts";
import { accesses } from "./operations/access.ts";
import { branchPolicies } from "./operations/branchPolicies.ts";
import { environments } from "./operations/environments.ts";
import { rulesets } from "./operations/rulesets.ts";
import { secrets } from "./operations/secrets.ts";
import { variables } from "./operations/variables.ts";

/** Every operation that is served. Of GitHub's description `sandbox/schemas/github-api.json` holds these: generate it anew after a change. */
export const operations: Handlers = { ...environments, ...branchPolicies, ...secrets, ...variables, ...rulesets, ...accesses };
