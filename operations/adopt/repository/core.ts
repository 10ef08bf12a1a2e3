import type { RepositorySettings } from "../../../settings/schema/repository.ts";
import type { Adopted, Unmanaged } from "../types.ts";
import type { LiveRepository } from "./live.ts";

export type Declared = Extract<RepositorySettings, { existing: false }>;
type Core = Partial<Pick<Declared, "description">> & Pick<Declared, "homepage" | "topics" | "visibility" | "archived" | "template" | "origin" | "defaultBranch" | "archiveOnDestroy" | "features" | "merge" | "security" | "pages">;

const SQUASH: Record<string, Declared["merge"]["squashText"]> = {
  "PR_TITLE PR_BODY": "title-and-body", "PR_TITLE COMMIT_MESSAGES": "title-and-commits", "PR_TITLE BLANK": "title", "COMMIT_OR_PR_TITLE COMMIT_MESSAGES": "commit-or-title",
};
const MERGE: Record<string, Declared["merge"]["mergeText"]> = { "PR_TITLE PR_BODY": "title-and-body", "PR_TITLE BLANK": "title", "MERGE_MESSAGE PR_TITLE": "merge-message" };

/** The repository itself: what is set on GitHub's pages General, Security and Pages. */
export function coreSettings(live: LiveRepository): Adopted<Core> {
  const { repository } = live;
  const pages = pagesSettings(live);
  const settings: Core = {
    ...(repository.description && { description: repository.description }),
    ...(repository.homepage && { homepage: repository.homepage }),
    topics: repository.topics,
    visibility: repository.visibility,
    archived: repository.archived,
    template: repository.is_template,
    origin: originOf(repository),
    defaultBranch: repository.default_branch,
    // GitHub holds no such wish: said otherwise, the first preview would show it.
    archiveOnDestroy: false,
    // Whether a private repository may be forked is left to the organisation: GitHub tells what holds, not who said so.
    features: {
      issues: repository.has_issues,
      projects: repository.has_projects,
      wiki: repository.has_wiki,
      discussions: repository.has_discussions,
      signoff: repository.web_commit_signoff_required,
    },
    merge: mergeSettings(repository),
    security: securitySettings(live),
    ...(pages.settings && { pages: pages.settings }),
  };
  return { settings, secrets: [], unmanaged: [...mergeProblems(repository), ...pages.unmanaged] };
}

function originOf({ fork, parent, template_repository: template }: LiveRepository["repository"]): Declared["origin"] {
  const [owner = "", repository = ""] = (template?.full_name ?? parent?.full_name ?? "").split("/");
  if (repository === "") return { kind: "existing" };
  return fork ? { kind: "fork", owner, repository } : { kind: "template", owner, repository, allBranches: false };
}

/** How pull requests are merged. The texts of a method that is off are not the configuration's. */
function mergeSettings(repository: LiveRepository["repository"]): Declared["merge"] {
  const methods = [...(repository.allow_merge_commit ? ["merge" as const] : []), ...(repository.allow_squash_merge ? ["squash" as const] : []), ...(repository.allow_rebase_merge ? ["rebase" as const] : [])];
  return {
    methods,
    squashText: SQUASH[squashTexts(repository)] ?? "title-and-body",
    mergeText: MERGE[mergeTexts(repository)] ?? "merge-message",
    autoMerge: repository.allow_auto_merge,
    deleteBranch: repository.delete_branch_on_merge,
    updateBranch: repository.allow_update_branch,
  };
}

function squashTexts({ squash_merge_commit_title: title = "PR_TITLE", squash_merge_commit_message: message = "PR_BODY" }: LiveRepository["repository"]): string {
  return `${title} ${message}`;
}

function mergeTexts({ merge_commit_title: title = "MERGE_MESSAGE", merge_commit_message: message = "PR_TITLE" }: LiveRepository["repository"]): string {
  return `${title} ${message}`;
}

function mergeProblems(repository: LiveRepository["repository"]): Unmanaged[] {
  const todo = "the first update sets the pair that the configuration says";
  return [
    ...(repository.allow_squash_merge && SQUASH[squashTexts(repository)] === undefined ? [{ path: "merge.squashText", what: `GitHub writes ${squashTexts(repository)}`, todo }] : []),
    ...(repository.allow_merge_commit && MERGE[mergeTexts(repository)] === undefined ? [{ path: "merge.mergeText", what: `GitHub writes ${mergeTexts(repository)}`, todo }] : []),
  ];
}

/** Alerts and scanning. Of a public repository GitHub Advanced Security is always on, and not to be set. */
function securitySettings({ repository, vulnerabilityAlerts, dependabotUpdates }: LiveRepository): Declared["security"] {
  const found = repository.security_and_analysis;
  const on = (part: { status: string } | undefined): boolean | undefined => (part === undefined ? undefined : part.status === "enabled");
  const [scanning, push, advanced] = [on(found?.secret_scanning), on(found?.secret_scanning_push_protection), on(found?.advanced_security)];
  return {
    vulnerabilityAlerts,
    dependabotUpdates,
    ...(scanning !== undefined && { secretScanning: scanning }),
    ...(push !== undefined && { pushProtection: push }),
    ...(advanced !== undefined && repository.visibility !== "public" && { advancedSecurity: advanced }),
  };
}

function pagesSettings({ pages }: LiveRepository): { settings?: Declared["pages"]; unmanaged: Unmanaged[] } {
  if (pages === undefined) return { unmanaged: [] };
  const domain = pages.cname === null ? {} : { domain: { host: pages.cname, enforceHttps: pages.https_enforced } };
  if (pages.build_type === "workflow") return { settings: { kind: "workflow", ...domain }, unmanaged: [] };
  const path = pages.source?.path ?? "/";
  if (pages.source && (path === "/" || path === "/docs")) return { settings: { kind: "branch", branch: pages.source.branch, path, ...domain }, unmanaged: [] };
  return { unmanaged: [{ path: "pages", what: `is built from ${path}`, todo: "move the site to / or /docs, or publish it by a workflow" }] };
}
