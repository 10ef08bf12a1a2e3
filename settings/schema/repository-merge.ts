import * as z from "zod";
import type { MergeSettings } from "../../components/github/repository-settings.ts";

export const mergeMethod = z.enum(["merge", "squash", "rebase"]);

export const merge = z.strictObject({
  methods: z.array(mergeMethod).min(1, "allows no merge method; allow at least one of merge, squash, rebase").default(["squash"]).describe("Allowed methods"),
  squashText: z
    .enum(["title-and-body", "title-and-commits", "title", "commit-or-title"])
    .default("title-and-body")
    .describe("What a squash commit says: the pull request's title and body, its title and commits, its title, or the only commit's message"),
  mergeText: z
    .enum(["title-and-body", "title", "merge-message"])
    .default("merge-message")
    .describe("What a merge commit says: the pull request's title and body, its title, or git's own message"),
  autoMerge: z.boolean().default(false).describe("A pull request may merge itself once everything passes"),
  deleteBranch: z.boolean().default(true).describe("The head branch goes when its pull request is merged"),
  updateBranch: z.boolean().default(true).describe("Pull requests offer to be brought up to date with their base"),
}) satisfies z.ZodType<MergeSettings>;
