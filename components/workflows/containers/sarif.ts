import { pinned } from "../kit/index.ts";
import type { Repository, Step } from "../kit/index.ts";

/** Shows findings in the Security tab; of several uploads of a run, each has a category of its own. */
export function uploadSarif(file: string, category: string, { visibility }: Pick<Repository, "visibility">): Step {
  return {
    name: "Show the findings under Security",
    if: "${{ !cancelled() }}",
    uses: pinned("github/codeql-action", "upload-sarif"),
    with: { sarif_file: file, category },
    grants: {
      "security-events": ["write", "upload the findings"],
      ...(visibility !== "public" && { actions: ["read", "name the run in a private repository"] as const }),
    },
  };
}
