import * as z from "zod";
import type { SemanticReleaseOptions } from "../../../components/workflows/verification/semantic-release.ts";
import { environmentName, filePath } from "../repository-scalars.ts";
import { actionsName, branchName, prose, text } from "../scalars.ts";
import { pythonVersion } from "./python-package.ts";

const listed = "is not a list with at least one entry; write one";
const commitType = text(/^[a-z][a-z0-9-]{0,30}$/, "is not a type of commit", "use lower-case letters, such as feat");
const channel = text(/^(?=.*[a-z])[0-9a-z-]{1,30}$/, "is not the end of a version", "use lower-case letters, such as beta");
export const workflowFile = text(/^[a-z0-9][a-z0-9._-]*\.ya?ml$/, "is not the name of a workflow's file", "write it without a folder, such as docker-build.yml");
export const inputName = text(/^[A-Za-z_][\w-]{0,99}$/, "is not the name of an input", "use letters, digits, dashes and underscores, a letter first");

const branch = z.strictObject({
  name: branchName.describe("The branch"),
  prerelease: channel.optional().describe("Versions from it end in -<prerelease>.1; absent: they have no end"),
});

const releases = "has no branch for releases; leave prerelease out of one to three branches";
const branches = z
  .array(branch)
  .min(1, listed)
  .refine((all) => [1, 2, 3].includes(all.filter(({ prerelease }) => prerelease === undefined).length), releases);

const next = z.strictObject({
  workflow: workflowFile.describe("Its file"),
  on: z.enum(["tag", "default-branch"]).default("tag").describe("Where it runs"),
  versionInput: inputName.optional().describe("Its input that gets the version; absent: it gets none"),
});

export const semanticRelease: z.ZodType<SemanticReleaseOptions> = z.strictObject({
  file: z.enum(["semantic-release.yml", "release.yml"]).default("semantic-release.yml").describe("Name of the workflow's file"),
  branches: branches
    .default([{ name: "main" }, { name: "develop", prerelease: "beta" }, { name: "alpha", prerelease: "alpha" }])
    .describe("Each push to one of them may release"),
  bumps: z
    .record(commitType, z.enum(["major", "minor", "patch"]))
    .default({ feat: "minor", fix: "patch", perf: "patch" })
    .describe("What a type of commit raises; a breaking change is always major"),
  commit: z
    .array(filePath)
    .default(["CHANGELOG.md", "VERSION"])
    .describe("Files of the commit that a release makes. It is pushed to the branch itself: where that has rules, the owner of `token` needs a bypass. Empty: no commit, and the changelog is at the GitHub releases alone"),
  prepare: prose(2000)
    .optional()
    .describe("Shell before the commit, such as echo ${nextRelease.version} > VERSION"),
  assets: z
    .array(z.strictObject({ path: filePath.describe("The file"), label: prose(200).describe("What people see") }))
    .default([])
    .describe("Files at the GitHub release"),
  token: actionsName.optional().describe("Secret with the token that releases, for branches with rules that GITHUB_TOKEN may not pass by; absent: GITHUB_TOKEN"),
  pypi: z
    .strictObject({ environment: environmentName.describe("Environment whose approvals it needs"), pythonVersion: pythonVersion.default("3.12").describe("Version of Python that builds") })
    .optional()
    .describe("Publishes the release's Python package by trusted publishing before anything follows; absent: it is published elsewhere, or not"),
  next: z.array(next).default([]).describe("Workflows that start after a release; what GITHUB_TOKEN publishes starts none by itself"),
});
