import { repositorySchema } from "../../settings/schema/repository.ts";
import type { DeclaredRepository, RepositorySettings } from "../../components/github/repository-settings.ts";

/** Settings as a stack file would give them, with the defaults filled in. */
export function repository(given: Record<string, unknown> = {}): RepositorySettings {
  return repositorySchema.parse(given);
}

/** As above, for a repository that the stack owns. */
export function declared(given: Record<string, unknown> = {}): DeclaredRepository {
  const settings = repository(given);
  if (settings.existing) throw new Error("expected settings of a declared repository");
  return settings;
}

/** A repository with a bit of everything. */
export const whole = {
  description: "The shop",
  defaultBranch: "trunk",
  protect: true,
  pages: { kind: "branch", branch: "gh-pages" },
  labels: { unnamed: "remove", named: { bug: { color: "d73a4a" } } },
  access: { teams: { platform: "admin" } },
  actions: {},
  rulesets: { main: { target: "branch", bypass: [{ kind: "role", role: "admin" }], requiredDeployments: ["staging"] } },
  files: { deliver: { kind: "commit" }, content: { "README.md": "# Shop\n" } },
  webhooks: { audit: { url: "https://example.com", events: ["push"] } },
  autolinks: { "SHOP-": { url: "https://tracker.example.com/<num>" } },
  environments: { staging: { approvals: { unprotected: "rebuilt at every merge" }, url: "https://staging.example.com" }, production: { approvals: { teams: ["release-team"] }, waitMinutes: 5 } },
  secrets: { NPM_TOKEN: { secret: "npm" } },
};
