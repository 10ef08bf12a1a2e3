import { dependabotAutoMerge } from "./dependabot-auto-merge.ts";
import { labeler } from "./labeler.ts";
import { prChecks } from "./pr-checks.ts";
import { releaseDrafter } from "./release-drafter.ts";
import { stale } from "./stale.ts";

/** The families of this folder, by their key in `repositories.<name>.workflows`. */
export const community = { stale, releaseDrafter, labeler, dependabotAutoMerge, prChecks };
