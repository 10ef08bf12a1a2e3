import { checkout, pinned } from "../kit/index.ts";
import type { Repository, Step, StepsJob } from "../kit/index.ts";
import { uploadGrants, uploadSarif } from "./sarif.ts";
import type { Language, SecurityOptions } from "./security.ts";

/** CodeQL reads most languages as they are; Go it watches being built. */
const buildMode = (language: Language): string => (language === "go" ? "autobuild" : "none");

export function codeqlJob({ languages }: SecurityOptions, repository: Repository): StepsJob {
  return {
    name: "CodeQL (${{ matrix.language }})",
    timeoutMinutes: 60,
    strategy: { matrix: { include: languages.map((language) => ({ language, "build-mode": buildMode(language) })) } },
    steps: [
      checkout(),
      {
        name: "Set up CodeQL",
        uses: pinned("github/codeql-action", "init"),
        with: { languages: "${{ matrix.language }}", "build-mode": "${{ matrix.build-mode }}", queries: "security-extended" },
      },
      {
        name: "Analyse",
        uses: pinned("github/codeql-action", "analyze"),
        with: { category: "/language:${{ matrix.language }}" },
        grants: uploadGrants(repository),
      },
    ],
  };
}

export function dependencyReviewJob({ failOnSeverity }: SecurityOptions): StepsJob {
  return {
    name: "Dependency review",
    if: "${{ github.event_name == 'pull_request' }}",
    timeoutMinutes: 10,
    steps: [checkout(), { name: "Review what the dependencies become", uses: pinned("actions/dependency-review-action"), with: { "fail-on-severity": failOnSeverity } }],
  };
}

/** In a private repository the score needs these to see commits and checks. */
const privateReads: NonNullable<Step["grants"]> = { checks: ["read", "see which checks run"], issues: ["read", "see how issues are answered"], "pull-requests": ["read", "see how changes are reviewed"] };

/** The practices of a repository are those of its default branch; only public ones are published. */
export function scorecardJob(_: SecurityOptions, repository: Repository): StepsJob {
  const { defaultBranch, visibility } = repository;
  const published = visibility === "public";
  return {
    name: "Scorecard",
    if: `\${{ github.event_name != 'pull_request' && github.ref == 'refs/heads/${defaultBranch}' }}`,
    timeoutMinutes: 15,
    steps: [
      checkout(),
      {
        name: "Score the practices",
        uses: pinned("ossf/scorecard-action"),
        with: { results_file: "scorecard.sarif", results_format: "sarif", publish_results: published },
        grants: published ? { "id-token": ["write", "publish the score"] } : privateReads,
      },
      uploadSarif("scorecard.sarif", "scorecard", repository),
    ],
  };
}
