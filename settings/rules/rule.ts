import type { Problem } from "../problem.ts";
import type { Sections } from "../schema/settings.ts";

/**
 * Looks across fields. A section's rules are exported as a list: `repositoryRules`, `namespaceRules`, `serviceRules`.
 * A rule sees the entries that parsed, so it asks `sections.declared` whether a name exists.
 */
export type Rule = (sections: Sections) => Problem[];
