import { checkout, pinned } from "../kit/index.ts";
import type { Repository, StepsJob } from "../kit/index.ts";
import { folderSbom } from "../supply-chain.ts";
import { uploadSarif } from "./sarif.ts";
import type { SecurityOptions } from "./security.ts";
import { trivy } from "./trivy.ts";
import { commandLine } from "./words.ts";

const SEMGREP = "semgrep==1.185.0";
const GITLEAKS = "github.com/zricethezav/gitleaks/v8@v8.30.1";
const IMAGE = "scanned:local";

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
