import { pinned } from "../kit/index.ts";
import type { Step } from "../kit/index.ts";
import { uploadSarif } from "./sarif.ts";
import type { FindingsOf } from "./sarif.ts";

export type Severity = "CRITICAL" | "HIGH" | "MEDIUM" | "LOW";

export interface TrivyLimits {
  /** What is reported. */
  severities: readonly Severity[];
  /** Whether a finding fails the job; without it findings only show under Security. */
  failOnFindings: boolean;
  /** Leaves out what nobody has mended yet. */
  ignoreUnfixed: boolean;
}

type Target = { kind: "fs"; path: string } | { kind: "image"; reference: string };

/** Scans with Trivy and uploads what it found, also when findings fail the job: one scan hides no other. */
export function trivy(target: Target, category: string, { severities, failOnFindings, ignoreUnfixed }: TrivyLimits, repository: FindingsOf): Step[] {
  const report = `${category}.sarif`;
  return [
    {
      name: target.kind === "fs" ? "Scan the files" : "Scan the image",
      if: "${{ !cancelled() }}",
      uses: pinned("aquasecurity/trivy-action"),
      with: {
        "scan-type": target.kind,
        ...(target.kind === "fs" ? { "scan-ref": target.path } : { "image-ref": target.reference }),
        format: "sarif",
        output: report,
        severity: severities.join(","),
        "limit-severities-for-sarif": true,
        "ignore-unfixed": ignoreUnfixed,
        "exit-code": failOnFindings ? "1" : "0",
        cache: false,
      },
    },
    uploadSarif(report, category, repository),
  ];
}
