import { configFile } from "./config-file.ts";

/** Updates of dependencies as pull requests. Who reviews them is CODEOWNERS' business: GitHub retired `reviewers` in 2025. */
export interface DependabotSettings {
  updates: DependabotUpdate[];
}

export interface DependabotUpdate {
  ecosystem: string;
  /** Folders with manifests, from the repository's root. */
  directories: string[];
  interval: "daily" | "weekly" | "monthly";
  /** A version is proposed once it is so old: most malicious ones are found sooner. Security updates do not wait. */
  cooldownDays: number;
  /** Updates that share a pull request, by name of the group. */
  groups: Record<string, { patterns: string[]; updateTypes: ("major" | "minor" | "patch")[] }>;
  /** Dependabot makes those that are missing. */
  labels: string[];
  /** Type of the commits and titles: `chore` gives `chore(deps): bump …`. */
  commitType: string;
  /** Open pull requests at a time. */
  limit: number;
}

export function dependabotFile({ updates }: DependabotSettings): string {
  return configFile("Updates of dependencies. Reviews are asked for by CODEOWNERS.", { version: 2, updates: updates.map(updateOf) });
}

function updateOf({ ecosystem, directories, interval, cooldownDays, groups, labels, commitType, limit }: DependabotUpdate): object {
  const [only, ...others] = directories;
  return {
    "package-ecosystem": ecosystem,
    ...(others.length === 0 ? { directory: only } : { directories }),
    schedule: { interval },
    cooldown: { "default-days": cooldownDays },
    ...(Object.keys(groups).length > 0 && { groups: groupsOf(groups) }),
    labels,
    "commit-message": { prefix: commitType, include: "scope" },
    "open-pull-requests-limit": limit,
  };
}

function groupsOf(groups: DependabotUpdate["groups"]): object {
  return Object.fromEntries(Object.entries(groups).map(([name, { patterns, updateTypes }]) => [name, { patterns, "update-types": updateTypes }]));
}
