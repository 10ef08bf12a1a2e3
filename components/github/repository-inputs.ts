import type { RepositoryArgs } from "@pulumi/github/repository.js";
import type { RepositoryPagesArgs } from "@pulumi/github/repositoryPages.js";
import type { RepositorySecurityAndAnalysis } from "@pulumi/github/types/input.js";
import type { DeclaredRepository, MergeSettings, MergeText, PagesSettings, RepositoryOrigin, SecuritySettings, SquashText } from "./repository-settings.ts";

// GitHub takes only these pairs of title and message; any other answers 422.
const squashTexts: Record<SquashText, [title: string, message: string]> = {
  "title-and-body": ["PR_TITLE", "PR_BODY"],
  "title-and-commits": ["PR_TITLE", "COMMIT_MESSAGES"],
  title: ["PR_TITLE", "BLANK"],
  "commit-or-title": ["COMMIT_OR_PR_TITLE", "COMMIT_MESSAGES"],
};
const mergeTexts: Record<MergeText, [title: string, message: string]> = {
  "title-and-body": ["PR_TITLE", "PR_BODY"],
  title: ["PR_TITLE", "BLANK"],
  "merge-message": ["MERGE_MESSAGE", "PR_TITLE"],
};

/** The provider's inputs for the repository itself. */
export function repositoryInputs(name: string, settings: DeclaredRepository): RepositoryArgs {
  const { features } = settings;
  return {
    name,
    description: settings.description,
    homepageUrl: settings.homepage,
    topics: settings.topics,
    visibility: settings.visibility,
    archived: settings.archived,
    archiveOnDestroy: settings.archiveOnDestroy,
    isTemplate: settings.template,
    ...originInputs(settings.origin),
    hasIssues: features.issues,
    hasProjects: features.projects,
    hasWiki: features.wiki,
    hasDiscussions: features.discussions,
    allowForking: features.forking,
    webCommitSignoffRequired: features.signoff,
    ...mergeInputs(settings.merge),
    securityAndAnalysis: securityInputs(settings.security, settings.visibility),
  };
}

function originInputs(origin: RepositoryOrigin): Partial<RepositoryArgs> {
  switch (origin.kind) {
    case "empty":
      return { autoInit: true, gitignoreTemplate: origin.gitignore, licenseTemplate: origin.licence };
    case "template":
      return { template: { owner: origin.owner, repository: origin.repository, includeAllBranches: origin.allBranches } };
    case "fork":
      return { fork: "true", sourceOwner: origin.owner, sourceRepo: origin.repository };
    case "existing":
      return {};
    default:
      return origin satisfies never;
  }
}

/** The provider does not send the texts of a method that is off, so stating them would differ from GitHub for ever. */
function mergeInputs({ methods, squashText, mergeText, ...merge }: MergeSettings): Partial<RepositoryArgs> {
  const [squashTitle, squashMessage] = squashTexts[squashText];
  const [mergeTitle, mergeMessage] = mergeTexts[mergeText];
  return {
    allowMergeCommit: methods.includes("merge"),
    allowSquashMerge: methods.includes("squash"),
    allowRebaseMerge: methods.includes("rebase"),
    ...(methods.includes("squash") && { squashMergeCommitTitle: squashTitle, squashMergeCommitMessage: squashMessage }),
    ...(methods.includes("merge") && { mergeCommitTitle: mergeTitle, mergeCommitMessage: mergeMessage }),
    allowAutoMerge: merge.autoMerge,
    deleteBranchOnMerge: merge.deleteBranch,
    allowUpdateBranch: merge.updateBranch,
  };
}

/** GitHub reports scanning and push protection together, so that stating one alone would differ from it for ever. */
function securityInputs({ advancedSecurity, ...security }: SecuritySettings, visibility: DeclaredRepository["visibility"]): RepositorySecurityAndAnalysis | undefined {
  const licensed = visibility === "public" ? true : advancedSecurity;
  const scanning = security.secretScanning ?? (security.pushProtection || (licensed ?? security.pushProtection));
  if (scanning === undefined) return undefined;
  return {
    ...(advancedSecurity !== undefined && { advancedSecurity: status(advancedSecurity) }),
    secretScanning: status(scanning),
    secretScanningPushProtection: status(security.pushProtection ?? scanning),
  };
}

function status(on: boolean): { status: string } {
  return { status: on ? "enabled" : "disabled" };
}

/** The provider's inputs for GitHub Pages, without the repository. */
export function pagesInputs(pages: PagesSettings): Omit<RepositoryPagesArgs, "repository"> {
  const { domain: own } = pages;
  const domain = { ...(own && { cname: own.host }), ...(own?.enforceHttps && { httpsEnforced: true }) };
  switch (pages.kind) {
    case "workflow":
      return { buildType: "workflow", ...domain };
    case "branch":
      return { buildType: "legacy", source: { branch: pages.branch, path: pages.path }, ...domain };
    default:
      return pages satisfies never;
  }
}
