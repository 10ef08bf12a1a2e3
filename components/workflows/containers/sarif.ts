import { pinned } from "../kit/index.ts";
import type { Repository, Step } from "../kit/index.ts";

/** What of a repository decides where findings go. */
export type FindingsOf = Pick<Repository, "visibility" | "codeScanning">;

/**
 * Shows findings in the Security tab; of several uploads of a run, each has a category of its own. Where GitHub takes none
 * they stay with the run.
 */
export function uploadSarif(file: string, category: string, repository: FindingsOf): Step {
  if (!repository.codeScanning) {
    return { name: "Keep the findings", if: "${{ !cancelled() }}", uses: pinned("actions/upload-artifact"), with: { name: category, path: file, "if-no-files-found": "error" } };
  }
  return {
    name: "Show the findings under Security",
    if: "${{ !cancelled() }}",
    uses: pinned("github/codeql-action", "upload-sarif"),
    with: { sarif_file: file, category },
    grants: uploadGrants(repository),
  };
}

/** What an upload of findings needs. */
export function uploadGrants({ visibility }: FindingsOf): NonNullable<Step["grants"]> {
  return { "security-events": ["write", "upload the findings"], ...(visibility !== "public" && { actions: ["read", "name the run in a private repository"] }) };
}
