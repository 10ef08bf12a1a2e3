import { describe, expect, test } from "@jest/globals";
import { pagesInputs, repositoryInputs } from "../../components/github/repository-inputs.ts";
import { pages } from "../../settings/schema/repository-parts.ts";
import { declared } from "./settings.ts";

const inputs = (given: Record<string, unknown>) => JSON.parse(JSON.stringify(repositoryInputs("shop", declared(given))));

describe("the inputs of a repository", () => {
  test("are private, protected by nothing weaker than the defaults, and squash only", () => {
    expect(inputs({})).toEqual({
      name: "shop",
      description: "",
      topics: [],
      visibility: "private",
      archived: false,
      archiveOnDestroy: true,
      isTemplate: false,
      autoInit: true,
      hasIssues: true,
      hasProjects: false,
      hasWiki: false,
      hasDiscussions: false,
      webCommitSignoffRequired: false,
      allowMergeCommit: false,
      allowSquashMerge: true,
      allowRebaseMerge: false,
      squashMergeCommitTitle: "PR_TITLE",
      squashMergeCommitMessage: "PR_BODY",
      allowAutoMerge: false,
      deleteBranchOnMerge: true,
      allowUpdateBranch: true,
    });
  });

  test("carry every setting", () => {
    const given = {
      description: "The shop",
      homepage: "https://shop.example.com",
      topics: ["shop"],
      visibility: "internal",
      archived: true,
      archiveOnDestroy: false,
      template: true,
      features: { issues: false, projects: true, wiki: true, discussions: true, forking: true, signoff: true },
      merge: { methods: ["merge", "rebase"], mergeText: "title", autoMerge: true, deleteBranch: false, updateBranch: false },
      security: { advancedSecurity: true, secretScanning: true, pushProtection: false },
      origin: { kind: "empty", gitignore: "Go", licence: "mit" },
    };
    expect(inputs(given)).toEqual({
      name: "shop",
      description: "The shop",
      homepageUrl: "https://shop.example.com",
      topics: ["shop"],
      visibility: "internal",
      archived: true,
      archiveOnDestroy: false,
      isTemplate: true,
      autoInit: true,
      gitignoreTemplate: "Go",
      licenseTemplate: "mit",
      hasIssues: false,
      hasProjects: true,
      hasWiki: true,
      hasDiscussions: true,
      allowForking: true,
      webCommitSignoffRequired: true,
      allowMergeCommit: true,
      allowSquashMerge: false,
      allowRebaseMerge: true,
      mergeCommitTitle: "PR_TITLE",
      mergeCommitMessage: "BLANK",
      allowAutoMerge: true,
      deleteBranchOnMerge: false,
      allowUpdateBranch: false,
      securityAndAnalysis: {
        advancedSecurity: { status: "enabled" },
        secretScanning: { status: "enabled" },
        secretScanningPushProtection: { status: "disabled" },
      },
    });
  });

  test.each([
    ["title-and-body", "PR_TITLE", "PR_BODY"],
    ["title-and-commits", "PR_TITLE", "COMMIT_MESSAGES"],
    ["title", "PR_TITLE", "BLANK"],
    ["commit-or-title", "COMMIT_OR_PR_TITLE", "COMMIT_MESSAGES"],
  ])("a squash text of %s is the pair %s and %s", (squashText, title, message) => {
    expect(inputs({ merge: { squashText } })).toMatchObject({ squashMergeCommitTitle: title, squashMergeCommitMessage: message });
  });

  test.each([
    ["title-and-body", "PR_TITLE", "PR_BODY"],
    ["title", "PR_TITLE", "BLANK"],
    ["merge-message", "MERGE_MESSAGE", "PR_TITLE"],
  ])("a merge text of %s is the pair %s and %s", (mergeText, title, message) => {
    expect(inputs({ merge: { methods: ["merge"], mergeText } })).toMatchObject({ mergeCommitTitle: title, mergeCommitMessage: message });
  });

  test("leave the texts of a method out that is off, because the provider would not send them", () => {
    expect(Object.keys(inputs({ merge: { methods: ["rebase"] } })).filter((key) => /Commit(Title|Message)/.test(key))).toEqual([]);
  });

  test.each<[string, object, [scanning: boolean, protection: boolean] | undefined]>([
    ["public", {}, [true, true]],
    ["public", { secretScanning: false }, [false, false]],
    ["public", { pushProtection: false }, [true, false]],
    ["public", { secretScanning: true, pushProtection: false }, [true, false]],
    ["private", {}, undefined],
    ["internal", {}, undefined],
    ["private", { secretScanning: true }, [true, true]],
    ["private", { pushProtection: true }, [true, true]],
    ["private", { pushProtection: false }, [false, false]],
    ["private", { advancedSecurity: false, pushProtection: true }, [true, true]],
    ["private", { advancedSecurity: true }, [true, true]],
    ["private", { advancedSecurity: false }, [false, false]],
    ["private", { advancedSecurity: true, secretScanning: false }, [false, false]],
  ])("trap 11: in a %s repository with %j scanning and push protection are stated together or not at all: %j", (visibility, security, expected) => {
    const status = (on: boolean) => ({ status: on ? "enabled" : "disabled" });
    const { securityAndAnalysis } = inputs({ visibility, security });
    const { secretScanning, secretScanningPushProtection } = securityAndAnalysis ?? {};
    expect(securityAndAnalysis && [secretScanning, secretScanningPushProtection]).toEqual(expected?.map(status));
  });

  test.each([
    [{ kind: "template", owner: "acme", repository: "base" }, { template: { owner: "acme", repository: "base", includeAllBranches: false } }],
    [{ kind: "fork", owner: "acme", repository: "base" }, { fork: "true", sourceOwner: "acme", sourceRepo: "base" }],
  ])("an origin of %j starts without an empty first commit", (origin, expected) => {
    const found = inputs({ origin });
    expect(found).toMatchObject(expected);
    expect(found).not.toHaveProperty("autoInit");
  });
});

test.each([
  [{ kind: "workflow" }, { buildType: "workflow" }],
  [{ kind: "branch", branch: "gh-pages" }, { buildType: "legacy", source: { branch: "gh-pages", path: "/" } }],
  [{ kind: "workflow", domain: { host: "docs.example.com" } }, { buildType: "workflow", cname: "docs.example.com" }],
  [{ kind: "branch", branch: "main", path: "/docs", domain: { host: "d.example.com", enforceHttps: true } }, { buildType: "legacy", source: { branch: "main", path: "/docs" }, cname: "d.example.com", httpsEnforced: true }],
])("pages of %j", (given, expected) => {
  expect(pagesInputs(pages.parse(given))).toEqual(expected);
});
