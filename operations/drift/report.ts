import { SEVERITIES } from "./types.ts";
import type { Excused, Finding, Severity } from "./types.ts";

/** What one look at a stack found. */
export interface DriftReport {
  stack: string;
  /** When it was looked at; ISO 8601. */
  checked: string;
  /** Objects of the state. */
  resources: number;
  /** Worst first. */
  findings: Finding[];
  /** What the settings let pass. */
  ignored: Excused[];
  /** What controllers wrote. */
  owned: Excused[];
  /** Absent where GitHub's API was not asked. */
  github?: GitHubReads | undefined;
}

/** What the direct look at GitHub took. */
export interface GitHubReads {
  repositories: number;
  /** Calls that counted against the hourly limit. */
  requests: number;
  /** Calls that GitHub answered with "nothing changed", which cost nothing of the hourly limit. */
  unchanged: number;
}

export function counted(findings: readonly Finding[]): Record<Severity, number> {
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  return { hostile: count("hostile"), risky: count("risky"), benign: count("benign") };
}

/** `no drift`, or `3 findings: 1 hostile, 2 benign`. */
export function headline({ findings }: Pick<DriftReport, "findings">): string {
  if (findings.length === 0) return "no drift";
  const counts = counted(findings);
  const parts = SEVERITIES.filter((severity) => counts[severity] > 0).map((severity) => `${counts[severity]} ${severity}`);
  return `${findings.length} ${findings.length === 1 ? "finding" : "findings"}: ${parts.join(", ")}`;
}

/** What was looked at and left out, in one line. `calls`: with what it took, which differs from look to look. */
export function coverage({ resources, ignored, owned, github }: DriftReport, calls: boolean): string {
  const took = github === undefined || !calls ? "" : ` (${github.requests + github.unchanged} calls, ${github.unchanged} of them unchanged and free)`;
  const asked = github === undefined ? "GitHub's API was not asked" : `${github.repositories} ${github.repositories === 1 ? "repository" : "repositories"} through GitHub's API${took}`;
  return `${resources} objects of the state, ${asked}; ${owned.length} fields left to their controllers, ${ignored.length} ignored by the settings`;
}
