import { checkout, pinned } from "../kit/index.ts";
import type { Repository, StepsJob } from "../kit/index.ts";
import { folderSbom } from "../supply-chain.ts";
import { uploadGrants, uploadSarif } from "./sarif.ts";
import type { Language, SecurityOptions } from "./security.ts";
import { trivy } from "./trivy.ts";
import { commandLine } from "./words.ts";

const SEMGREP = "semgrep==1.185.0";
const GITLEAKS = "github.com/zricethezav/gitleaks/v8@v8.30.1";
const IMAGE = "scanned:local";

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

export function semgrepJob({ semgrepRules }: SecurityOptions, repository: Repository): StepsJob {
  const rules = semgrepRules.flatMap((rule) => ["--config", rule]);
  return {
    name: "Semgrep",
    timeoutMinutes: 30,
    steps: [
      checkout(),
      { name: "Scan the code", run: commandLine(["pipx", "run", SEMGREP, "scan", ...rules, "--metrics=off", "--error", "--sarif", "--output", "semgrep.sarif"]) },
      uploadSarif("semgrep.sarif", "semgrep", repository),
    ],
  };
}

export function trivyJob({ image }: SecurityOptions, repository: Repository): StepsJob {
  const limits = { severities: ["CRITICAL", "HIGH"] as const, failOnFindings: true, ignoreUnfixed: true };
  return {
    name: "Trivy",
    timeoutMinutes: 30,
    steps: [
      checkout(),
      ...trivy({ kind: "fs", path: "." }, "trivy-files", limits, repository),
      ...(image === undefined
        ? []
        : [
            { name: "Build the image", if: "${{ !cancelled() }}", run: commandLine(["docker", "build", "--tag", IMAGE, "--file", image.dockerfile, image.context]) },
            ...trivy({ kind: "image", reference: IMAGE }, "trivy-image", limits, repository),
          ]),
    ],
  };
}

/** Its action asks organisations for a licence; the program does not, and Go checks its sums. */
export function gitleaksJob(_: SecurityOptions, repository: Repository): StepsJob {
  return {
    name: "Gitleaks",
    timeoutMinutes: 15,
    steps: [
      checkout({ fetchDepth: 0 }),
      { name: "Set up Go", uses: pinned("actions/setup-go"), with: { "go-version": "stable", cache: false } },
      { name: "Look for secrets in all commits", run: commandLine(["go", "run", GITLEAKS, "git", "--no-banner", "--redact", "--report-format", "sarif", "--report-path", "gitleaks.sarif", "."]) },
      uploadSarif("gitleaks.sarif", "gitleaks", repository),
    ],
  };
}

export function sbomJob(): StepsJob {
  return {
    name: "SBOM",
    timeoutMinutes: 10,
    steps: [
      checkout(),
      folderSbom("sbom.spdx.json"),
      { name: "Keep the list", uses: pinned("actions/upload-artifact"), with: { name: "sbom", path: "sbom.spdx.json", "if-no-files-found": "error" } },
    ],
  };
}

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
        ...(published ? { grants: { "id-token": ["write", "publish the score"] as const } } : {}),
      },
      uploadSarif("scorecard.sarif", "scorecard", repository),
    ],
  };
}
