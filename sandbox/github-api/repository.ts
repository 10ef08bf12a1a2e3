import { repositoryNode } from "../github/computed.ts";
import { numberOf } from "../identity.ts";
import type { Properties } from "../values.ts";
import { object, picked, snake, texts } from "./case.ts";
import type { Cloud } from "./cloud.ts";
import type { Home } from "./issues.ts";
import { access, account } from "./shapes.ts";

/** What GitHub gives a repository of which nobody says otherwise. */
const DEFAULTS: Properties = {
  has_issues: true, has_projects: true, has_wiki: true, has_discussions: false, has_downloads: true, has_pull_requests: true, archived: false, is_template: false, allow_squash_merge: true, allow_merge_commit: true,
  allow_rebase_merge: true, allow_auto_merge: false, allow_update_branch: false, delete_branch_on_merge: false, web_commit_signoff_required: false, squash_merge_commit_title: "COMMIT_OR_PR_TITLE",
  squash_merge_commit_message: "COMMIT_MESSAGES", merge_commit_title: "MERGE_MESSAGE", merge_commit_message: "PR_TITLE", allow_forking: true,
};

/** The settings that are called alike, by the provider and by GitHub. */
export const SETTINGS = [
  "description", "allowAutoMerge", "allowForking", "allowMergeCommit", "allowRebaseMerge", "allowSquashMerge", "allowUpdateBranch", "archived", "deleteBranchOnMerge", "hasDiscussions", "hasDownloads", "hasIssues",
  "hasProjects", "hasWiki", "isTemplate", "mergeCommitMessage", "mergeCommitTitle", "squashMergeCommitMessage", "squashMergeCommitTitle", "webCommitSignoffRequired",
];

export function topicsOf(cloud: Cloud, { folder }: { folder: string }): string[] {
  return texts(cloud.read(`${folder}/topics`)?.body["topics"] ?? cloud.read(`${folder}/repository`)?.body["topics"]);
}

export function toldRepository(cloud: Cloud, { folder, owner, repo }: Home): Properties {
  const found = cloud.read(`${folder}/repository`);
  const body = found?.body ?? {};
  const hidden = cloud.isPrivate({ owner, repo });
  const [api, html] = [`https://api.github.com/repos/${owner}/${repo}`, `https://github.com/${owner}/${repo}`];
  const named = (status: string) => ({ status });
  const security = Object.fromEntries(Object.entries(snake(object(body["securityAndAnalysis"]))).map(([name, each]) => [name, named(String(object(each)["status"]))]));
  const updates = cloud.read(`${folder}/dependabot-security-updates`)?.body["enabled"] === true;
  return {
    ...DEFAULTS, ...snake(picked(body, SETTINGS)), id: found?.number ?? numberOf(`${folder}/repository`), node_id: repositoryNode(owner, repo), name: repo, full_name: `${owner}/${repo}`, owner: account(cloud, owner),
    private: hidden, visibility: typeof body["visibility"] === "string" ? body["visibility"] : hidden ? "private" : "public", description: body["description"] ?? null, homepage: body["homepageUrl"] ?? null,
    fork: body["fork"] === true || body["fork"] === "true", url: api, html_url: html,
    git_url: `git://github.com/${owner}/${repo}.git`, ssh_url: `git@github.com:${owner}/${repo}.git`, clone_url: `${html}.git`, svn_url: html,
    default_branch: cloud.branches({ folder }).default(), topics: topicsOf(cloud, { folder }), has_pages: cloud.has(`${folder}/pages`) || body["pages"] !== undefined,
    created_at: found?.created ?? "2000-01-01T00:00:00Z", updated_at: found?.updated ?? "2000-01-01T00:00:00Z", pushed_at: found?.updated ?? null, permissions: access("admin")["permissions"] ?? {},
    security_and_analysis: { ...security, dependabot_security_updates: named(updates ? "enabled" : "disabled") }, language: null, license: null, disabled: false,
  };
}
