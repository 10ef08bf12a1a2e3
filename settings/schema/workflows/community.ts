import * as z from "zod";
import type { DependabotAutoMergeOptions } from "../../../components/workflows/community/dependabot-auto-merge.ts";
import type { LabelerOptions } from "../../../components/workflows/community/labeler.ts";
import type { ReleaseCategory, ReleaseDrafterOptions } from "../../../components/workflows/community/release-drafter.ts";
import type { StaleOptions, StalePatience } from "../../../components/workflows/community/stale.ts";
import { mergeMethod } from "../repository-merge.ts";
import { labelName } from "../repository-scalars.ts";
import { cron, once, prose, text, whole } from "../scalars.ts";
import { commitType, globs } from "./community-scalars.ts";
import { prChecks } from "./pr-checks.ts";

const patience: z.ZodType<StalePatience> = z.strictObject({
  staleDays: whole(1, 3650, "days").default(60).describe("Days without activity before the mark"),
  closeDays: whole(1, 3650, "days").default(14).describe("Days between the mark and the end"),
});

const stale: z.ZodType<StaleOptions> = z.strictObject({
  schedule: cron.default("0 0 * * *").describe("When it runs, UTC"),
  issues: patience.prefault({}).describe("Patience with issues"),
  pullRequests: patience.prefault({}).describe("Patience with pull requests"),
  label: labelName.default("stale").describe("The mark"),
  exemptLabels: z.array(labelName).default([]).describe("Labels that keep an issue or a pull request from it"),
});

const category: z.ZodType<ReleaseCategory> = z.strictObject({
  title: prose(100).describe("Its heading"),
  label: labelName.describe("Pull requests of these types get it, and those that have it belong here"),
  types: z.array(commitType).default([]).describe("Types of conventional commits that belong here"),
  bump: z.enum(["minor", "patch"]).default("patch").describe("The least step of the version"),
});

const tagPrefix = text(/^[A-Za-z0-9._-]{0,50}$/, "is not the beginning of a tag", "use up to 50 letters, digits, dots, dashes and underscores, such as v");

const releaseDrafter: z.ZodType<ReleaseDrafterOptions> = z.strictObject({
  tagPrefix: tagPrefix.default("v").describe("Before the version in a tag"),
  breakingLabel: labelName.default("breaking").describe("Label of a change after which users have to do something: a major version"),
  categories: z.array(category).min(1, "has no section; add at least one").describe("Sections of the notes after the breaking changes"),
  skipLabel: labelName.optional().describe("Pull requests with it are not in the notes; absent: all are"),
});

const labeler: z.ZodType<LabelerOptions> = z.strictObject({
  paths: z.record(labelName, globs).describe("Paths as globs by label; any of them in any changed file is enough"),
  removeLabels: z.boolean().default(true).describe("A label goes again when its files are no longer changed"),
});

const dependabotAutoMerge: z.ZodType<DependabotAutoMergeOptions> = z.strictObject({
  updates: z
    .array(z.enum(["patch", "minor"]))
    .min(1, "merges no update; write patch, or remove dependabotAutoMerge")
    .refine(...once)
    .default(["patch"])
    .describe("What merges itself; the largest step of a grouped update decides"),
  method: mergeMethod.default("squash").describe("How it is merged; one that the repository allows"),
});

/** The options of the families in components/workflows/community, by key. */
export const community = {
  stale: stale.describe("Marks what nobody touches, and closes it later"),
  releaseDrafter: releaseDrafter.describe("Drafts the next release from what is merged, and labels pull requests by title"),
  labeler: labeler.describe("Labels pull requests by the files that they change"),
  dependabotAutoMerge: dependabotAutoMerge.describe("Approves and merges Dependabot's small updates once required checks have passed"),
  prChecks: prChecks.describe("Title, commits, size, changelog, coverage and benchmarks of pull requests"),
};
